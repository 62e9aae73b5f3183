import { Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, type MusubiConnection } from "../src/index.js";
import { FakeWebSocket, useFakeNetwork } from "./support/fake_web_socket.js";

// phoenix.js over a fake network, with a server that cannot bear one of the joins.
beforeEach(useFakeNetwork);
afterEach(() => {
  vi.useRealTimers();
});

const MODULE = "Demo.Page";
const POISON = "poison";

/** Answers what was joined since it was last asked, in order; at the poison the connection ends. */
class Server {
  readonly #answered = new WeakMap<FakeWebSocket, number>();
  /** The ids that were joined, connection by connection. */
  readonly joined: string[][] = [];
  deadly: (id: string) => boolean = (id) => id === POISON;

  /** Lets time pass: connections open, joins are answered. */
  async run(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10) {
      this.#serve();
      await vi.advanceTimersByTimeAsync(10);
    }
    this.#serve();
  }

  #serve(): void {
    const connection = FakeWebSocket.last;
    if (connection.readyState === 0) {
      this.joined.push([]);
      connection.open();
    }
    if (connection.readyState !== 1) return;
    const joins = connection.of("phx_join");
    for (let i = this.#answered.get(connection) ?? 0; i < joins.length; i += 1) {
      const join = joins[i]!;
      const { id } = join[4];
      this.joined.at(-1)?.push(id);
      this.#answered.set(connection, i + 1);
      if (this.deadly(id)) return connection.drop(1007);
      const rootId = `${MODULE}:${id}`;
      connection.reply(join, "ok", { root_id: rootId });
      const value = { __musubi_store_id__: [], title: id };
      connection.patch(join, 0, rootId, [{ op: "replace", path: "", value }]);
    }
  }

  joinsOf(id: string): number {
    return this.joined.flat().filter((each) => each === id).length;
  }
}

let server: Server;
let connection: MusubiConnection<any>;
beforeEach(async () => {
  server = new Server();
  connection = await connect(new Socket("ws://device/socket", { transport: FakeWebSocket as never }));
});

const mountOne = (id: string) => connection.mountStore({ module: MODULE, id });
/** The outcome of a mount: the title it shows, or why it did not come about. */
const outcome = (id: string): Promise<string> =>
  mountOne(id).then(
    ({ store }) => store["title"] as string,
    (error: Error) => error.message,
  );
const TWICE = "Root join failed: the connection ended twice before the answer";

describe("a join that ends the connection", () => {
  test("is tried once more, alone, and then the mount is rejected", async () => {
    const mounting = outcome(POISON);
    await server.run(3000);
    expect(await mounting).toBe(TWICE);
    expect(server.joinsOf(POISON)).toBe(2);
    await server.run(60_000);
    expect(server.joinsOf(POISON)).toBe(2);
    expect(connection.status()).toBe("ready");
  });

  test.each([
    [[POISON, "a", "b"]],
    [["a", POISON, "b"]],
    [["a", "b", POISON]],
  ])("does not keep the others of the page from being mounted: %j", async (ids) => {
    const mountings = ids.map(outcome);
    await server.run(5000);
    expect(await Promise.all(mountings)).toEqual(ids.map((id) => (id === POISON ? TWICE : id)));
  });

  test("leaves live what is mounted already", async () => {
    const first = mountOne("first");
    await server.run(100);
    const { store, isLive } = await first;
    expect(isLive).toBe(true);
    const mounting = outcome(POISON);
    await server.run(3000);
    expect(await mounting).toBe(TWICE);
    expect(store["title"]).toBe("first");
    expect((await first).isLive).toBe(true);
    // Once for each connection: its own, and one after each that the poison ended.
    expect(server.joinsOf("first")).toBe(3);
  });

  test("waits longer each time when the application goes on mounting it", async () => {
    const times: number[] = [];
    let stop = false;
    const insist = async (): Promise<void> => {
      while (!stop) await outcome(POISON);
    };
    const insisting = insist();
    const other = outcome("other");
    let seen = 0;
    for (let passed = 0; passed < 120_000; passed += 100) {
      await server.run(100);
      if (server.joinsOf(POISON) > seen) times.push(passed);
      seen = server.joinsOf(POISON);
    }
    stop = true;
    expect(await other).toBe("other");
    const pauses = times.slice(1).map((time, i) => time - times[i]!);
    expect(pauses.length).toBeLessThan(9);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(Math.max(...pauses)).toBeGreaterThan(25_000);
    await connection.disconnect();
    await server.run(31_000);
    await insisting;
  });

  test("is forgotten as soon as it was answered", async () => {
    const mounting = outcome(POISON);
    await server.run(3000);
    expect(await mounting).toBe(TWICE);
    server.deadly = () => false;
    const again = mountOne(POISON);
    await server.run(2100);
    void (await again).unmount();
    await server.run(100);
    const third = outcome(POISON);
    await server.run(100);
    expect(await third).toBe(POISON);
  });

  test("never ends a root that was live: it keeps its state, and tries ever less often", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const mounting = mountOne("grown");
    const other = mountOne("other");
    await server.run(100);
    const { store } = await mounting;
    server.deadly = (id) => id === "grown";
    FakeWebSocket.last.drop();
    await server.run(60_000);
    expect(store["title"]).toBe("grown");
    expect(server.joinsOf("grown")).toBeLessThan(9);
    expect((await other).isLive).toBe(true);
    expect(error).toHaveBeenCalledWith(
      expect.stringContaining("its last state is kept"),
      expect.anything(),
    );
    server.deadly = () => false;
    await server.run(31_000);
    expect((await mounting).isLive).toBe(true);
  });
});

describe("a network that fails in the middle of a mount", () => {
  test("once costs a second", async () => {
    let deadly = true;
    server.deadly = () => deadly;
    const mountings = ["a", "b", "c"].map(outcome);
    await server.run(10);
    deadly = false;
    await server.run(1500);
    expect(await Promise.all(mountings)).toEqual(["a", "b", "c"]);
  });

  test("that opens no connection at all loses no join", async () => {
    const mounting = outcome("a");
    for (let i = 0; i < 5; i += 1) {
      FakeWebSocket.last.onerror(new Error("refused"));
      FakeWebSocket.last.drop();
      await vi.advanceTimersByTimeAsync(1000);
    }
    await server.run(100);
    expect(await mounting).toBe("a");
    expect(server.joinsOf("a")).toBe(1);
  });
});

test("an unmount takes a join back that waits for its turn", async () => {
  server.deadly = () => server.joined.length < 2;
  const mounting = outcome("a");
  const other = mountOne("b");
  await server.run(500);
  await connection.disconnect();
  expect(await mounting).toBe("Disconnected");
  await expect(other).rejects.toThrow("Disconnected");
  await server.run(5000);
  expect(server.joined.slice(1).flat()).toEqual([]);
});
