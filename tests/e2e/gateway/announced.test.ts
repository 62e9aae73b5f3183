import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Avahi } from "../support/avahi.js";
import { eventually } from "../support/eventually.js";
import { hasNamespaces } from "../support/namespaces.js";
import { everythingSaid, listening, Program } from "../support/program.js";
import { get } from "../support/tls.js";

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

test.runIf(hasNamespaces)("a gateway whose name is taken is found by another, and says so", async () => {
  const start = (state: string) =>
    Program.start("gateway", ["--port", "0", "--state", join(folder, state), "--announce", "The attic"], listening, avahi.env);
  const found = (name: string, port: number) => eventually(() => expect(avahi.found()).toContain(`;IPv4;${name};_http._tcp;local;cellar.local;127.0.0.1;${port};`));
  const first = await start("first");
  await found("The\\032attic", first.port);
  const second = await start("second");
  await found("The\\032attic\\032\\0352", second.port);
  await eventually(() => expect(second.said()).toContain(`mdns: announced as "The attic #2", http://cellar.local:${second.port}/\n`));
  expect(second.said()).toContain('mdns: another device is called "The attic"; trying "The attic #2"\n');
  expect(first.said()).not.toContain("#2");
  await Promise.all([first.stop(), second.stop()]);
});

// The last: Avahi keeps the name that it has given to the machine.
test.runIf(hasNamespaces)("a gateway on a machine whose name is taken is reached by the machine's new one, over TLS, too", async () => {
  const state = join(folder, "renamed");
  const args = ["--port", "0", "--state", state, "--tls", "--announce", "Hall"];
  const start = () => Program.start("gateway", args, listening, avahi.env);
  const program = await start();
  const authority = () => readFileSync(`${state}.tls/ca.crt`, "utf8");
  const asked = (by: string) => get(program.url("http", "/"), authority(), by);
  await eventually(async () => expect((await asked("cellar.local")).status).toBe(200));
  const before = authority();

  const leave = avahi.rival("cellar");
  await eventually(() => expect(avahi.found()).toContain(`;IPv4;Hall;_https._tcp;local;cellar-2.local;127.0.0.1;${program.port};`));
  leave();
  const answer = await eventually(async () => {
    const got = await asked("cellar-2.local");
    expect(got.status).toBe(200);
    return got;
  });
  expect(authority()).toBe(before); // so whoever trusts it need not do so again
  expect(program.said()).toContain("mdns: this machine is found as cellar-2.local now, instead of cellar.local\n");
  expect(program.said()).toContain(`tls: another certificate is in use, SHA-256 ${answer.fingerprint}\n`);
  await eventually(() => expect(program.said()).toContain(`mdns: announced as "Hall", https://cellar-2.local:${program.port}/\n`));
  await program.stop();

  const again = await start();
  await eventually(() => expect(again.said()).toContain("mdns: announced as"));
  expect(again.said()).not.toContain("another certificate"); // it knew the name
  await again.stop();
});
