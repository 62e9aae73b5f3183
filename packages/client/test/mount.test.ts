import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, MusubiMountError } from "../src/index.js";
import { firstPatch, patch } from "./support/envelopes.js";
import { FakeSocket, FakeSocketWithHooks } from "./support/fake_socket.js";
import { accept, mount, TARGET } from "./support/mount.js";
import type { Stores } from "./support/stores.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function connected() {
  const socket = new FakeSocket();
  return { socket, connection: await connect<Stores>(socket) };
}

describe("connect", () => {
  test("connects the socket and joins nothing", async () => {
    const { socket } = await connected();
    expect(socket.connects).toBe(1);
    expect(socket.channels).toEqual([]);
  });

  test("shares one connection per socket and topic", async () => {
    const socket = new FakeSocket();
    const first = await connect(socket);
    expect(await connect(socket, { topic: "musubi:connection" })).toBe(first);
    expect(await connect(socket, { topic: "musubi:connection:tenant7" })).not.toBe(first);
    expect(await connect(new FakeSocket())).not.toBe(first);
  });

  test("starts anew after a disconnect", async () => {
    const { socket, connection } = await connected();
    await connection.disconnect();
    expect(await connect(socket)).not.toBe(connection);
  });

  test("rejects when the socket cannot connect, and tries again the next time", async () => {
    const socket = new FakeSocketWithHooks();
    vi.spyOn(socket, "connect").mockImplementationOnce(() => {
      throw new Error("no transport");
    });
    await expect(connect(socket)).rejects.toThrow("no transport");
    expect(socket.removed).toHaveLength(1);
    await expect(connect(socket)).resolves.toBeDefined();
  });
});

describe("mountStore", () => {
  test("joins the topic of the root at once, with module, id and params", async () => {
    const { socket, connection } = await connected();
    void connection.mountStore({ ...TARGET, params: { room: "kitchen" } });
    expect(socket.lastChannel.topic).toBe("musubi:connection:Demo.Page:main");
    expect(socket.lastChannel.payload).toEqual({ ...TARGET, params: { room: "kitchen" } });
    expect(socket.lastChannel.joins).toBe(1);
  });

  test("sends empty params when there are none, and joins under the topic asked for", async () => {
    const socket = new FakeSocket();
    const connection = await connect<Stores>(socket, { topic: "musubi:connection:tenant7" });
    void connection.mountStore(TARGET);
    expect(socket.lastChannel.topic).toBe("musubi:connection:tenant7:Demo.Page:main");
    expect(socket.lastChannel.payload.params).toEqual({});
  });

  test("resolves with the first patch, not with the join", async () => {
    const { socket, connection } = await connected();
    const resolved = vi.fn();
    const mounting = connection.mountStore(TARGET).then(resolved);
    socket.lastChannel.joinPush.reply("ok", { root_id: "Demo.Page:main" });
    await vi.advanceTimersByTimeAsync(0);
    expect(resolved).not.toHaveBeenCalled();
    socket.lastChannel.emit("patch", firstPatch({ title: "hi" }));
    await mounting;
    expect(resolved).toHaveBeenCalledTimes(1);
  });

  test("says that nothing came from a cache", async () => {
    const { mounted } = await mount();
    expect(mounted).toMatchObject({ fromCache: false, isFetching: false });
    await expect(mounted.revalidated).resolves.toBeUndefined();
  });

  test("tolerates a join reply without a root_id", async () => {
    const { socket, connection } = await connected();
    const mounting = connection.mountStore(TARGET);
    socket.lastChannel.joinPush.reply("ok", {});
    socket.lastChannel.emit("patch", firstPatch({ title: "hi" }));
    expect((await mounting).store.title).toBe("hi");
  });

  test("tolerates envelopes without upload ops and events", async () => {
    const { socket, connection } = await connected();
    const mounting = connection.mountStore(TARGET);
    const { upload_ops: _uploads, events: _events, ...old } = firstPatch({ title: "hi" });
    socket.lastChannel.emit("patch", old);
    expect((await mounting).store.title).toBe("hi");
  });

  test("joins a root of another module or id by itself", async () => {
    const { socket, connection } = await mount();
    void connection.mountStore({ module: "Demo.Page", id: "other" });
    void connection.mountStore({ module: "Demo.Line", id: "main" });
    expect(socket.channels.map((channel) => channel.topic)).toEqual([
      "musubi:connection:Demo.Page:main",
      "musubi:connection:Demo.Page:other",
      "musubi:connection:Demo.Line:main",
    ]);
  });
});

describe("a mount that fails", () => {
  test.each([
    ["error", { reason: "unknown root" }, "Root join failed: unknown root"],
    ["error", { field: "id" }, 'Root join failed: {"field":"id"}'],
    ["error", undefined, "Root join failed: undefined"],
    ["timeout", undefined, "Root join timed out"],
    ["ok", { root_id: "Other:main" }, 'Root join returned unexpected root_id: "Other:main"'],
  ] as const)("after a join reply %s %j says so", async (status, reply, message) => {
    const { socket, connection } = await connected();
    const mounting = connection.mountStore(TARGET);
    socket.lastChannel.joinPush.reply(status, reply);
    await expect(mounting).rejects.toThrow(message);
    expect(socket.lastChannel.left).toBe(1);
  });

  test("carries the refusal, and the field that the server names", async () => {
    const { socket, connection } = await connected();
    const mounting = connection.mountStore(TARGET);
    const reply = { reason: "invalid params", field: "room", expected: "string" };
    socket.lastChannel.joinPush.reply("error", reply);
    const error: unknown = await mounting.catch((reason: unknown) => reason);
    expect(MusubiMountError.is(error)).toBe(true);
    expect(error).toMatchObject({ reply, code: "invalid params", field: "room" });
  });

  test("has no field when the server names none", () => {
    for (const reply of [{ reason: "busy" }, { reason: "busy", field: 7 }, null, "busy"]) {
      expect(new MusubiMountError(reply).field).toBeUndefined();
    }
    expect(MusubiMountError.is(new Error("Root join failed: busy"))).toBe(false);
  });

  test("refuses a first envelope of another version", async () => {
    const { socket, connection } = await connected();
    const mounting = connection.mountStore(TARGET);
    socket.lastChannel.emit("patch", patch(1));
    await expect(mounting).rejects.toThrow("Initial patch envelope must start at version 1");
    expect(socket.lastChannel.left).toBe(1);
  });

  test("refuses a first envelope that cannot be applied", async () => {
    const { socket, connection } = await connected();
    const mounting = connection.mountStore(TARGET);
    socket.lastChannel.emit("patch", patch(0, { ops: [{ op: "add", path: "/a", value: 1 }] }));
    await expect(mounting).rejects.toThrow("scalar");
  });

  test("fails for everybody who waits for it, and leaves no trace", async () => {
    const { socket, connection } = await connected();
    const first = connection.mountStore(TARGET);
    const second = connection.mountStore(TARGET);
    socket.lastChannel.joinPush.reply("error", { reason: "unauthorized" });
    await expect(first).rejects.toThrow("unauthorized");
    await expect(second).rejects.toThrow("unauthorized");

    const again = connection.mountStore(TARGET);
    expect(socket.channels).toHaveLength(2);
    accept(socket.lastChannel, { title: "hi" });
    expect((await again).store.title).toBe("hi");
  });

  test("rejects when the socket cannot open a channel", async () => {
    const { socket, connection } = await connected();
    vi.spyOn(socket, "channel").mockImplementationOnce(() => {
      throw new Error("socket is broken");
    });
    await expect(connection.mountStore(TARGET)).rejects.toThrow("socket is broken");
  });
});

describe("an alias", () => {
  test("shares the root and its proxy", async () => {
    const { socket, connection, store } = await mount();
    const alias = await connection.mountStore(TARGET);
    expect(socket.channels).toHaveLength(1);
    expect(alias.store).toBe(store);
    expect(alias.fromCache).toBe(false);
  });

  test("waits for the first patch when there is none yet", async () => {
    const { socket, connection } = await connected();
    const first = connection.mountStore(TARGET);
    const second = connection.mountStore(TARGET);
    expect(socket.channels).toHaveLength(1);
    accept(socket.lastChannel);
    expect((await first).store).toBe((await second).store);
  });

  test("with other params warns, and the first params stay", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { connection } = await connected();
    void connection.mountStore({ ...TARGET, params: { a: 1, b: 2 } });
    void connection.mountStore({ ...TARGET, params: { b: 2, a: 1 } });
    expect(warn).not.toHaveBeenCalled();
    void connection.mountStore({ ...TARGET, params: { a: 2 } });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  test("with other params is silent in production", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    vi.stubEnv("NODE_ENV", "production");
    const { connection } = await mount();
    await connection.mountStore({ ...TARGET, params: { a: 2 } });
    vi.unstubAllEnvs();
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("unmount", () => {
  test("leaves the root only when the last user has gone", async () => {
    const { channel, connection, mounted } = await mount();
    const alias = await connection.mountStore(TARGET);
    await mounted.unmount();
    await vi.advanceTimersByTimeAsync(100);
    expect(channel.left).toBe(0);
    void alias.unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.left).toBe(1);
  });

  test("leaves in the next macrotask, not before", async () => {
    const { channel, mounted } = await mount();
    const unmounting = mounted.unmount();
    await Promise.resolve();
    expect(channel.left).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.left).toBe(1);
    await expect(unmounting).resolves.toBeUndefined();
  });

  test("counts once per handle", async () => {
    const { channel, connection, mounted } = await mount();
    await connection.mountStore(TARGET);
    void mounted.unmount();
    void mounted.unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.left).toBe(0);
  });

  test("is taken back by a mount in the same turn, and resolves all the same", async () => {
    const { socket, channel, connection, mounted, store } = await mount();
    const unmounting = mounted.unmount();
    const again = await connection.mountStore(TARGET);
    await expect(unmounting).resolves.toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(channel.left).toBe(0);
    expect(socket.channels).toHaveLength(1);
    expect(again.store).toBe(store);
  });

  test("rejects commands that wait", async () => {
    const { store, mounted } = await mount();
    const command = store.dispatchCommand("rename", { title: "x" });
    const outcome = expect(command).rejects.toThrow("Unmounted");
    void mounted.unmount();
    await vi.advanceTimersByTimeAsync(0);
    await outcome;
  });

  test("is followed by a new root with a new proxy", async () => {
    const { socket, connection, mounted, store } = await mount({ title: "old" });
    void mounted.unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.snapshot()).toBeUndefined();
    expect(store.title).toBeUndefined();
    const mounting = connection.mountStore(TARGET);
    accept(socket.lastChannel, { title: "new" });
    const next = (await mounting).store;
    expect(next).not.toBe(store);
    expect(next.title).toBe("new");
    expect(socket.channels).toHaveLength(2);
  });
});

describe("disconnect", () => {
  test("leaves every root and rejects what is pending", async () => {
    const { channel, connection, socket, store } = await mount();
    const command = store.dispatchCommand("rename", { title: "x" });
    const mounting = connection.mountStore({ module: "Demo.Line", id: "l" });
    const outcomes = Promise.all([
      expect(command).rejects.toThrow(/^Disconnected$/),
      expect(mounting).rejects.toThrow(/^Disconnected$/),
    ]);
    await connection.disconnect();
    await outcomes;
    expect([channel.left, socket.lastChannel.left]).toEqual([1, 1]);
  });

  test("ends the connection for everybody, once", async () => {
    const { channel, socket, connection } = await mount();
    const other = await connect<Stores>(socket);
    await other.disconnect();
    await connection.disconnect();
    expect(channel.left).toBe(1);
    await expect(connection.mountStore(TARGET)).rejects.toThrow("Disconnected");
  });

  test("lets a pending unmount resolve", async () => {
    const { channel, connection, mounted } = await mount();
    const unmounting = mounted.unmount();
    await connection.disconnect();
    await expect(unmounting).resolves.toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(channel.left).toBe(1);
  });
});
