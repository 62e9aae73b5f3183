import { afterEach, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { Phoenix, Root } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";
import { modules, Wire } from "../support/wire.js";

const started: Program[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.stop("SIGKILL"))));
async function start(options: Record<string, number | string> = {}) {
  const server = await conformanceServer(options);
  started.push(server);
  return server;
}

describe("SIGTERM", () => {
  test("tells every client to come back, with 1012, and ends the program with 0", async () => {
    const server = await start();
    const clients = await Promise.all([1, 2, 3].map(() => Wire.open(server)));
    await clients[0]?.mount(modules.pulse, "p");
    const exit = server.stop();
    for (const client of clients) expect((await client.closed).code).toBe(1012);
    expect(await exit).toEqual({ code: 0, signal: null });
  });

  test("does not wait for a client that does not answer", async () => {
    const server = await start();
    const client = await Wire.open(server);
    client.socket.pause(); // reads nothing, so closes nothing
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    client.socket.terminate();
  });

  test("with a handler under way ends as well", async () => {
    const server = await start();
    const client = await Wire.open(server);
    const { joinRef, topic } = await client.mount(modules.slow, "s");
    client.send([joinRef, client.ref, topic, "command", { name: "wait" }]);
    await client.flush();
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  test("nobody is let in any more", async () => {
    const server = await start();
    await server.stop();
    await expect(fetch(server.url("http"))).rejects.toThrow();
  });
});

describe.each(["SIGTERM", "SIGKILL"] as const)("a restart after %s", (signal) => {
  test("is rejoined by phoenix.js, by itself and from version 1", async () => {
    const first = await start();
    const phoenix = new Phoenix(first);
    await phoenix.open();
    const root = new Root(phoenix, modules.witness, "w");
    await root.join();
    await root.command("increment");
    await first.stop(signal);
    await eventually(() => expect(phoenix.closes[0]?.code).toBe(signal === "SIGTERM" ? 1012 : 1006));

    await start({ port: first.port });
    await eventually(() => expect(root.joins).toHaveLength(2));
    expect(await root.command("increment")).toEqual(["ok", {}]);
    expect(root.patches.at(-1)).toMatchObject({ base_version: 1, version: 2 });
    await phoenix.close();
  });
});
