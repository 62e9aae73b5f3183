import { lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { gateway } from "../support/gateway.js";
import { ending, everythingSaid } from "../support/program.js";

// What the program says when it cannot start as it was told to.
const folder = mkdtempSync(join(tmpdir(), "gateway-start-"));
afterAll(() => rmSync(folder, { recursive: true }));
const start = (...args: string[]) => ending("gateway", ["--port", "0", ...args]);

describe("the gateway's settings file", () => {
  test("belongs to one gateway: a second is refused with a sentence, and the first goes on", async () => {
    const state = join(folder, "settings");
    writeFileSync(state, "name=Cellar\r\n");
    const first = await gateway(state);
    const second = start("--state", state);
    expect(second.code).toBe(1);
    expect(second.said).toMatch(/settings: another gateway uses it: process \d+\n$/);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    expect(readFileSync(state, "utf8")).toBe("name=Cellar\r\n");

    const third = await gateway(state); // the lock went with the first
    await third.stop("SIGKILL");
    await (await gateway(state)).stop();
  });

  test.each(["/dev/null", "/dev/full"])("is not %s, which stays what it is", (device) => {
    const { code, said } = start("--state", device);
    expect(code).toBe(1);
    expect(said).toBe(`gateway: ${device}: it is not a regular file\n`);
    expect(lstatSync(device).isCharacterDevice()).toBe(true);
  });
});

describe("the root of the machine", () => {
  test.each([
    ["/nonexistent", "there is no such folder"],
    [process.execPath, "it is not a folder"],
    [folder, "neither proc nor sys is in it: is the machine's root mounted there?"],
  ])("is not %s", (root, why) => {
    const { code, said } = start("--root", root);
    expect(code).toBe(2);
    expect(said).toBe(`gateway: --root ${root}: ${why}\n`);
  });
});

describe("a token that the user chose", () => {
  const state = join(folder, "guarded");
  test.each([
    ["an option", ["--token", "open-sesame"], {}],
    ["the environment", [], { GATEWAY_TOKEN: "open-sesame" }],
  ])("as %s is in nothing that is printed", async (_, args, env) => {
    const all = ["--port", "0", "--log-level", "debug", "--state", state, ...args];
    const said = await everythingSaid("gateway", all, /http:\/\/127\.0\.0\.1:\d+\//, env);
    expect(said).toContain(state); // it says more than where it listens
    expect(said).not.toContain("sesame");
  });
});
