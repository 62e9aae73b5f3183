import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Avahi } from "../support/avahi.js";
import { eventually } from "../support/eventually.js";
import { hasNamespaces } from "../support/namespaces.js";
import { everythingSaid, Program } from "../support/program.js";

// The gateway, found on the network through Avahi.
const folder = mkdtempSync(join(tmpdir(), "gateway-announced-"));
const avahi = new Avahi();
beforeAll(async () => {
  if (hasNamespaces) await avahi.start();
});
afterAll(() => {
  avahi.stop();
  rmSync(folder, { recursive: true });
});
const common = ["--port", "0", "--state", join(folder, "settings")];

test.runIf(hasNamespaces)("the gateway is found by its name, with the address and the build of its page, until it ends", async () => {
  const listening = /listening on http:\/\/127\.0\.0\.1:(\d+)\/\n/;
  const program = await Program.start("gateway", [...common, "--announce", "The cellar"], listening, avahi.env);
  const line = await eventually(() => {
    const found = avahi.found().split("\n").find((each) => each.startsWith("=;lo;IPv4;The\\032cellar;_musubi._tcp;"));
    if (found === undefined) throw new Error("it is not found");
    return found.split(";");
  });
  const [host, , port, records] = line.slice(6);
  expect(host).toBe("cellar.local");
  expect(port).toBe(`${program.port}`);
  expect(records).toMatch(/^"tls=0" "path=\/socket\/websocket" "build=[0-9a-f]{16}"$/);
  expect(avahi.found()).toMatch(new RegExp(`=;lo;IPv4;The\\\\032cellar;_http\\._tcp;local;cellar\\.local;[^;]*;${port};"path=/"`));

  await program.stop();
  await eventually(() => expect(avahi.found()).not.toContain("cellar"));
});

test.each([
  ["only this machine can connect", []],
  ["it is told not to", ["--bind", "0.0.0.0", "--no-announce"]],
])("the gateway is not announced if %s, and says nothing of it", async (_, args) => {
  const said = await everythingSaid("gateway", [...common, ...args], /listening on .*\n/, avahi.env);
  expect(said).not.toContain("mdns");
});

test("a gateway without Avahi says that it is not announced, and serves", async () => {
  const nowhere = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${folder}/none` };
  const until = /not announced: .*\n/;
  const said = await everythingSaid("gateway", [...common, "--announce", "Cellar"], until, nowhere);
  expect(said).toContain("mdns: not announced: there is no D-Bus, over which Avahi is reached\n");
  expect(said).toMatch(/listening on http:\/\/127/);
});
