import { Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, type ConnectionStatus } from "../src/index.js";
import { FakeWebSocket, useFakeNetwork, type Frame } from "./support/fake_web_socket.js";
import { ROOT_ID } from "./support/envelopes.js";
import { TARGET } from "./support/mount.js";
import type { Stores } from "./support/stores.js";

// phoenix.js itself between this package and a fake network: its refs, its filters, its timers.
const TOPIC = `musubi:connection:${ROOT_ID}`;
const rename = (value: string) => [{ op: "replace", path: "/title", value }];

beforeEach(useFakeNetwork);
afterEach(() => {
  vi.useRealTimers();
});

async function live() {
  const socket = new Socket("ws://device/socket", { transport: FakeWebSocket as never });
  const connection = await connect<Stores>(socket);
  const seen: ConnectionStatus[] = [];
  connection.onStatusChange((status) => seen.push(status));
  const mounting = connection.mountStore(TARGET);
  FakeWebSocket.last.open();
  const join = FakeWebSocket.last.acceptJoin(ROOT_ID, { title: "first" });
  const mounted = await mounting;
  return { socket, connection, seen, join, mounted, store: mounted.store };
}

describe("over phoenix.js", () => {
  test("a mount and a command are the frames of the contract", async () => {
    const { join, store } = await live();
    const server = FakeWebSocket.last;
    expect(new URL(server.url).searchParams.get("vsn")).toBe("2.0.0");
    expect(join).toEqual([join[1], join[1], TOPIC, "phx_join", { ...TARGET, params: {} }]);
    expect(store.title).toBe("first");

    const reply = store.dispatchCommand("reset");
    const command = server.lastOf("command");
    const payload = { store_id: [], name: "reset", payload: {} };
    expect(command).toEqual([join[0], expect.any(String), TOPIC, "command", payload]);
    server.reply(command, "ok", { cleared: 3 });
    server.patch(join, 1, ROOT_ID, rename("second"));
    await expect(reply).resolves.toEqual({ cleared: 3 });
    expect(store.title).toBe("second");
  });

  test("a command that is not answered for ten seconds has timed out", async () => {
    const { store } = await live();
    const outcome = expect(store.dispatchCommand("reset")).rejects.toMatchObject({
      kind: "timeout",
    });
    await vi.advanceTimersByTimeAsync(10_000);
    await outcome;
  });

  test("a mount that is refused leaves the topic and is not retried", async () => {
    const { connection } = await live();
    const server = FakeWebSocket.last;
    const mounting = connection.mountStore({ module: "Demo.Line", id: "x" });
    server.reply(server.lastOf("phx_join"), "error", { reason: "unknown root" });
    await expect(mounting).rejects.toThrow("Root join failed: unknown root");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.of("phx_leave")).toHaveLength(1);
    expect(server.of("phx_join")).toHaveLength(2);
  });

  test("a mount waits for a server that is not there yet", async () => {
    const socket = new Socket("ws://device/socket", { transport: FakeWebSocket as never });
    const connection = await connect<Stores>(socket);
    const mounting = connection.mountStore(TARGET);
    FakeWebSocket.last.onerror(new Error("refused"));
    FakeWebSocket.last.drop();
    expect(connection.status()).toBe("connecting");
    await vi.advanceTimersByTimeAsync(30_000);
    FakeWebSocket.last.open();
    FakeWebSocket.last.acceptJoin(ROOT_ID, { title: "at last" });
    expect((await mounting).store.title).toBe("at last");
  });

  test("a mount that is not answered for ten seconds fails", async () => {
    const { connection } = await live();
    const mounting = connection.mountStore({ module: "Demo.Line", id: "x" });
    const outcome = expect(mounting).rejects.toThrow("Root join timed out");
    await vi.advanceTimersByTimeAsync(10_000);
    await outcome;
  });

  test("a connection that drops is rebuilt, and its state stays meanwhile", async () => {
    const { connection, seen, store } = await live();
    const outcome = expect(store.dispatchCommand("reset")).rejects.toThrow(/^Disconnected$/);
    FakeWebSocket.last.drop();
    await outcome;
    expect(connection.status()).toBe("reconnecting");
    expect(store.title).toBe("first");

    await vi.advanceTimersByTimeAsync(10);
    expect(FakeWebSocket.opened).toHaveLength(2);
    FakeWebSocket.last.open();
    expect(FakeWebSocket.last.of("phx_join")).toHaveLength(1);
    FakeWebSocket.last.acceptJoin(ROOT_ID, { title: "again" });
    expect(store.title).toBe("again");
    expect(seen).toEqual(["ready", "reconnecting", "ready"]);
  });

  test("a connection whose other end vanished is noticed by the heartbeat", async () => {
    const { connection, store } = await live();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeWebSocket.opened[0]?.of("heartbeat")).toHaveLength(1);
    expect(connection.status()).toBe("reconnecting");
    expect(store.title).toBe("first");

    await vi.advanceTimersByTimeAsync(5_000);
    FakeWebSocket.last.open();
    FakeWebSocket.last.acceptJoin(ROOT_ID, { title: "again" });
    expect(connection.status()).toBe("ready");
    expect(store.title).toBe("again");
  });

  test("a root that failed is rejoined after a second, the connection stays", async () => {
    const { connection, join, store } = await live();
    const server = FakeWebSocket.last;
    server.receive(join[0], join[0], TOPIC, "phx_error", {});
    expect(connection.status()).toBe("ready");
    expect(server.of("phx_join")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.of("phx_join")).toHaveLength(2);
    server.acceptJoin(ROOT_ID, { title: "rebuilt" });
    expect(store.title).toBe("rebuilt");
  });

  test("a root that the server closed is joined anew after a second", async () => {
    const { join, store } = await live();
    const server = FakeWebSocket.last;
    server.receive(join[0], join[0], TOPIC, "phx_close", {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.of("phx_join")).toHaveLength(2);
    server.acceptJoin(ROOT_ID, { title: "rebuilt" });
    expect(store.title).toBe("rebuilt");
  });

  test("a server that closes every root before it goes away is come back to", async () => {
    const { join, store } = await live();
    FakeWebSocket.last.receive(join[0], join[0], TOPIC, "phx_close", {});
    FakeWebSocket.last.drop(1012);
    await vi.advanceTimersByTimeAsync(10);
    FakeWebSocket.last.open();
    await vi.advanceTimersByTimeAsync(1000);
    FakeWebSocket.last.acceptJoin(ROOT_ID, { title: "after the restart" });
    expect(store.title).toBe("after the restart");
  });

  test("a version gap sends leave, then join; patches of the old join are not seen", async () => {
    const { join, store } = await live();
    const server = FakeWebSocket.last;
    server.patch(join, 2, ROOT_ID, rename("from the future"));
    const events = server.sent.map((frame: Frame) => frame[3]);
    expect(events.slice(-2)).toEqual(["phx_leave", "phx_join"]);
    const again = server.lastOf("phx_join");
    expect(again[2]).toBe(TOPIC);
    expect(again[0]).not.toBe(join[0]);

    server.reply(server.lastOf("phx_leave"), "ok", {});
    server.receive(join[0], join[0], TOPIC, "phx_close", {});
    server.patch(join, 0, ROOT_ID, [{ op: "replace", path: "", value: { title: "stale" } }]);
    expect(store.title).toBe("first");
    server.acceptJoin(ROOT_ID, { title: "fresh" });
    expect(store.title).toBe("fresh");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.of("phx_join")).toHaveLength(2);
  });

  test("an unmount leaves the topic once", async () => {
    const { mounted } = await live();
    void mounted.unmount();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(FakeWebSocket.last.of("phx_leave")).toHaveLength(1);
    expect(FakeWebSocket.last.of("phx_join")).toHaveLength(1);
  });

  test("a build that changed with a restart is told", async () => {
    const socket = new Socket("ws://device/socket", { transport: FakeWebSocket as never });
    const connection = await connect<Stores>(socket);
    const changes: unknown[] = [];
    connection.onBuildChange((change) => changes.push(change));
    void connection.mountStore(TARGET);
    FakeWebSocket.last.open();
    FakeWebSocket.last.acceptJoin(ROOT_ID, {}, { build: "a1" });
    FakeWebSocket.last.drop();
    await vi.advanceTimersByTimeAsync(10);
    FakeWebSocket.last.open();
    FakeWebSocket.last.acceptJoin(ROOT_ID, {}, { build: "b2" });
    expect(changes).toEqual([{ from: "a1", to: "b2" }]);
  });
});
