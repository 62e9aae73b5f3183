import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { gateway } from "../support/gateway.js";
import { hasNamespaces } from "../support/namespaces.js";
import { askOnNetwork } from "../support/network.js";
import { everythingSaid, path } from "../support/program.js";
import { readCode, readSvg } from "../support/qr.js";
import { onText } from "../support/text.js";

// The QR code that the gateway prints at its start, as a phone's camera reads it.
const folder = mkdtempSync(join(tmpdir(), "gateway-qr-"));
afterAll(() => rmSync(folder, { recursive: true }));
let runs = 0;
/** Settings of its own for each gateway: one on a terminal may end later than the terminal. */
const settings = () => ["--state", join(folder, `settings-${++runs}`)];
const listens = /listening on .*http:\/\/127\.0\.0\.1:(\d+)\//;

/** Everything that the gateway prints in a network of its own, where it has the address 192.0.2.7. */
function saidOnNetwork(terminal: string | undefined, ...args: string[]): Promise<string> {
  const quoted = [path("gateway"), "--port", "0", ...settings(), "--no-announce", "--bind", "0.0.0.0", ...args].join(" ");
  const run = terminal === undefined ? `exec ${quoted}` : `exec script -qec "stty cols ${terminal}; exec ${quoted}" /dev/null`;
  const inside = `ip link set lo up; ip address add 192.0.2.7/24 dev lo; ${run}`;
  const child = spawn("unshare", ["-rn", "sh", "-c", inside], {
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin`, TERM: "xterm-256color", NO_COLOR: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    onText(stream, (text) => {
      said += text;
      if (listens.test(said)) child.kill("SIGTERM");
    });
  }
  return new Promise((told, failed) => {
    child.on("error", failed);
    child.on("close", () => told(said));
  });
}

describe.runIf(hasNamespaces)("the QR code on a network", () => {
  test("is printed where it is asked for, without colours if it is no terminal", async () => {
    const said = await saidOnNetwork(undefined, "--qr", "--no-token");
    expect(readCode(said)).toMatch(/^http:\/\/192\.0\.2\.7:\d+\/$/);
    expect(said).toContain(`Open on a phone: ${readCode(said)}\n`);
    expect(said).not.toContain("\x1b");
  });

  test("is not printed without being asked for where no terminal reads it", async () => {
    expect(await saidOnNetwork(undefined)).not.toMatch(/Open on a phone|\u2588/);
  });

  test("is printed on a terminal, with the address of the network and the token", async () => {
    const said = await saidOnNetwork("80");
    const link = /Open on a phone: (http:\/\/192\.0\.2\.7:\d+\/#token=\S+)\r\n/.exec(said)?.[1];
    expect(link, said).toBeDefined();
    expect(readCode(said)).toBe(link);
    expect(said).toContain(`  ${link}\r\n`); // one of the links that are listed
  });

  test("has no token that the user chose", async () => {
    const said = await saidOnNetwork("80", "--token", "open-sesame");
    expect(readCode(said)).toMatch(/^http:\/\/192\.0\.2\.7:\d+\/$/);
    expect(said).not.toContain("sesame");
  });

  test("is not printed where it would be broken into pieces", async () => {
    expect(await saidOnNetwork("30")).not.toMatch(/Open on a phone|\u2588/);
  });
});

describe.runIf(hasNamespaces)("the image for the page", () => {
  const ask = (args: string[], headers = {}) => askOnNetwork([...args, ...settings()], "/address.svg", headers);

  test("is the address of the network", async () => {
    const { status, type, text } = await ask(["--no-token"]);
    expect({ status, type }).toEqual({ status: 200, type: "image/svg+xml" });
    expect(readSvg(text)).toMatch(/^http:\/\/192\.0\.2\.7:\d+\/$/);
    expect(text).toContain(`<title>${readSvg(text)}</title>`);
  });

  test("has no token that the user chose", async () => {
    const { text } = await ask(["--token", "open-sesame"], { "X-Phoenix-AuthToken": "open-sesame" });
    expect(readSvg(text)).toMatch(/^http:\/\/192\.0\.2\.7:\d+\/$/);
    expect(text).not.toContain("sesame");
  });

  test("is for those who may connect", async () => {
    expect(await ask([])).toMatchObject({ status: 403, text: expect.not.stringContaining("192.0.2.7") as string });
    const wrong = await ask(["--token", "open-sesame"], { "X-Phoenix-AuthToken": "open-barley" });
    expect(wrong.status).toBe(403);
  });
});

describe("the QR code", () => {
  test("is no image where no other machine can connect", async () => {
    const server = await gateway(join(folder, `settings-${++runs}`));
    const answer = await fetch(server.url("http", "/address.svg"));
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    await server.stop();
  });

  test.each(["127.0.0.1", `unix:${join(folder, "socket")}`])("is that of no phone on %s, and the gateway says so", async (bind) => {
    const all = ["--bind", bind, ...settings(), "--qr"];
    const port = bind.startsWith("unix") ? [] : ["--port", "0"];
    const said = await everythingSaid("gateway", [...all, ...port], /listening on /);
    expect(said).toContain("gateway: --qr: no other machine can connect\n");
    expect(readCode(said)).toBeUndefined();
  });
});
