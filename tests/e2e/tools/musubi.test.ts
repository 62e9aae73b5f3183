import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { listening, path, Program } from "../support/program.js";
import { Stage } from "../support/stage.js";
import { onText } from "../support/text.js";

// The command line: what it prints and how it ends, against programs of this project.
const folder = mkdtempSync(join(tmpdir(), "musubi-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ending {
  code: number | null;
  printed: string;
  said: string;
}

/** Runs it to its end. */
function musubi(...words: string[]): Promise<Ending> {
  const child = spawn(path("musubi"), words);
  let printed = "";
  let said = "";
  onText(child.stdout, (text) => (printed += text));
  onText(child.stderr, (text) => (said += text));
  return new Promise((ended) => child.on("close", (code) => ended({ code, printed, said })));
}

const room = "Home.Stores.Thermostat:main";

describe("the command musubi", () => {
  let server: Program;
  let url: string;
  beforeAll(async () => {
    server = await Program.start("thermostat", ["--port", "0"], listening);
    url = server.url("ws", "/socket");
    return () => server.stop("SIGKILL");
  });

  test("gets the state, or what is at a place in it", async () => {
    const { code, printed } = await musubi("get", url, room);
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ room: "living room", target: 21, mode: "comfort" });
    expect(await musubi("get", url, room, "/target")).toEqual({ code: 0, printed: "21\n", said: "" });
    expect(await musubi("get", url, room, "/none")).toMatchObject({ code: 4, said: "musubi: there is nothing at /none\n" });
    const attic = await musubi("get", url, room, "/room", "--params", '{"room":"attic"}');
    expect(attic.printed).toBe('"attic"\n');
  });

  test("calls a command, and prints its reply or its refusal", async () => {
    expect(await musubi("call", url, room, "set_target", '{"celsius":23}')).toEqual({ code: 0, printed: "{}\n", said: "" });
    expect((await musubi("get", url, room, "/target")).printed).toBe("23\n");
    const refused = await musubi("call", url, room, "set_target", '{"celsius":50}');
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.printed)).toEqual({ reason: "invalid payload", field: "celsius", expected: "integer from 5 to 30" });
    expect(await musubi("get", url, "No.Such:main")).toMatchObject({
      code: 3,
      said: "musubi: the server refuses No.Such:main: unknown root\n",
    });
  });

  test("watches a store, also over a restart of its server", async () => {
    let other = await Program.start("thermostat", ["--port", "0"], listening);
    const child = spawn(path("musubi"), ["watch", other.url("ws", "/socket"), room]);
    let printed = "";
    onText(child.stdout, (text) => (printed += text));
    const lines = () => printed.trimEnd().split("\n").map((line) => JSON.parse(line));
    await eventually(() => expect(lines()[0]).toMatchObject({ status: "live", state: { target: 21 } }));
    await other.stop("SIGKILL");
    await eventually(() => expect(lines().at(-1)).toMatchObject({ status: "reconnecting" }));
    other = await Program.start("thermostat", ["--port", `${other.port}`], listening);
    await eventually(() => expect(lines().at(-1)).toMatchObject({ status: "live" }));
    child.kill();
    await other.stop("SIGKILL");
  });

  test("says when a server cannot be reached", async () => {
    const gone = await Program.start("thermostat", ["--port", "0"], listening);
    await gone.stop();
    const { code, said } = await musubi("get", gone.url("ws", "/socket"), room, "--timeout", "300");
    expect({ code, said }).toEqual({ code: 1, said: "musubi: the server cannot be reached\n" });
  });

  test("inspects the stores of a server that has an inspector, and says when it has none", async () => {
    const visitors = await Program.start("visitors", ["--port", "0"], listening);
    const all = await musubi("inspect", visitors.url("ws", "/socket"));
    expect(all).toMatchObject({ code: 0, said: "" });
    expect(all.printed).toBe(readFileSync(new URL("visitors.txt", import.meta.url), "utf8"));
    expect(await musubi("inspect", visitors.url("ws", "/socket"), "No.Such")).toMatchObject({
      code: 4,
      said: "musubi: the server has no store No.Such\n",
    });
    await visitors.stop("SIGKILL");
    const stage = await Stage.open("inspector"); // its schema has everything that a store may have
    const { code, printed } = await musubi("inspect", stage.url.replace("http", "ws") + "socket");
    await stage.close();
    expect(code).toBe(0);
    expect(printed).toBe(readFileSync(new URL("everything.txt", import.meta.url), "utf8"));
    const none = await musubi("inspect", url);
    expect(none.code).toBe(4);
    expect(none.said).toMatch(/^musubi: the server offers no schema, because it has no inspector; /);
  });
});

describe("the command musubi, over TLS,", () => {
  let server: Program;
  let url: string;
  const certificates = join(folder, "tls");
  const authority = join(certificates, "ca.crt");
  beforeAll(async () => {
    server = await Program.start("visitors", ["--port", "0", "--tls", certificates], listening);
    url = server.url("ws", "/socket");
    return () => server.stop("SIGKILL");
  });

  test("trusts the authority that it is given, and nobody who is not trusted", async () => {
    expect(url).toMatch(/^wss:/);
    const trusted = await musubi("inspect", url, "--ca", authority);
    expect(trusted).toMatchObject({ code: 0, said: "" });
    const stranger = await musubi("inspect", url);
    expect(stranger).toMatchObject({ code: 1, printed: "" });
    expect(stranger.said).toMatch(/^musubi: the server's certificate is not trusted: .*\n$/);
  });

  test("checks the name, and who speaks TLS at all", async () => {
    const plain = await Program.start("thermostat", ["--port", "0"], listening);
    const none = await musubi("get", `wss://127.0.0.1:${plain.port}/socket`, room, "--timeout", "500", "--ca", authority);
    expect(none).toMatchObject({ code: 1, said: "musubi: the server does not speak TLS\n" });
    const secure = await Program.start("thermostat", ["--port", "0", "--tls", certificates], listening);
    const state = await musubi("get", secure.url("ws", "/socket"), room, "/target", "--ca", authority);
    expect(state).toEqual({ code: 0, printed: "21\n", said: "" });
    const other = await musubi("get", `wss://127.0.0.2:${secure.port}/socket`, room, "--timeout", "500", "--ca", authority);
    expect(other.code).toBe(1);
    await secure.stop("SIGKILL");
    await plain.stop("SIGKILL");
  });

  test("says what is wrong with a file of authorities", async () => {
    writeFileSync(join(folder, "empty.crt"), "");
    const { code, said } = await musubi("inspect", url, "--ca", join(folder, "empty.crt"));
    expect(code).toBe(2);
    expect(said).toContain(join(folder, "empty.crt"));
  });
});
