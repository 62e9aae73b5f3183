import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, memoryStorage } from "../src/index.js";
import { patch } from "./support/envelopes.js";
import { FakeSocket } from "./support/fake_socket.js";
import { accept, mount, TARGET } from "./support/mount.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function followed() {
  const all = await mount({ title: "a" });
  const seen: [boolean, unknown][] = [];
  const stop = all.mounted.onLiveChange((live) => seen.push([live, all.store.title]));
  return { ...all, seen, stop };
}

describe("a mounted store is live", () => {
  test("from its first state on", async () => {
    const { mounted, seen } = await followed();
    expect(mounted.isLive).toBe(true);
    expect(seen).toEqual([]);
  });

  test.each([
    ["phx_error", {}],
    ["phx_close", {}],
    ["patch", patch(7)],
  ])("not after %s, and again with the first state of the rejoin", async (event, payload) => {
    const { mounted, channel, socket, seen } = await followed();
    channel.emit(event, payload);
    expect(mounted.isLive).toBe(false);
    socket.lastChannel.joinPush.reply("ok", {});
    expect(mounted.isLive).toBe(false); // the join is not the state yet
    accept(socket.lastChannel, { title: "b" });
    expect(mounted.isLive).toBe(true);
    expect(seen).toEqual([
      [false, "a"],
      [true, "b"],
    ]);
  });

  test("not while a state of earlier times is shown", async () => {
    const socket = new FakeSocket();
    const connection = await connect<any>(socket);
    const initialData = { __musubi_store_id__: [], title: "cached" };
    const mounted = await connection.mountStore({ ...TARGET, cache: { initialData } });
    expect(mounted.isLive).toBe(false);
    const told = vi.fn();
    mounted.onLiveChange(told);
    accept(socket.lastChannel, { title: "live" });
    expect(told).toHaveBeenCalledWith(true);
  });

  test("not after it was unmounted, and nobody is told", async () => {
    const { mounted, seen } = await followed();
    void mounted.unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(mounted.isLive).toBe(false);
    expect(seen).toEqual([]);
  });

  test("for whoever wants to know", async () => {
    const { channel, seen, stop } = await followed();
    stop();
    channel.emit("phx_error");
    expect(seen).toEqual([]);
  });
});

describe("a mount that nobody answers", () => {
  test("is given up after a minute, and leaves nothing behind", async () => {
    const socket = new FakeSocket();
    const connection = await connect<any>(socket);
    const outcome = expect(connection.mountStore(TARGET)).rejects.toThrow("Root join timed out");
    await vi.advanceTimersByTimeAsync(60_000);
    await outcome;
    expect(socket.lastChannel.left).toBe(1);
    const again = connection.mountStore(TARGET);
    accept(socket.lastChannel);
    expect((await again).isLive).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect((await again).isLive).toBe(true);
  });

  test("waits as long as it was told to", async () => {
    const socket = new FakeSocket();
    const connection = await connect<any>(socket);
    const settled = vi.fn();
    const soon = connection.mountStore({ ...TARGET, timeout: 500 });
    const never = connection.mountStore({ ...TARGET, id: "b", timeout: Infinity });
    void never.then(settled, settled);
    const outcome = expect(soon).rejects.toThrow("Root join timed out");
    await vi.advanceTimersByTimeAsync(500);
    await outcome;
    await vi.advanceTimersByTimeAsync(24 * 3600_000);
    expect(settled).not.toHaveBeenCalled();
    await connection.disconnect();
  });
});

test("a connection that falls back to long polling is warned of", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await connect(new FakeSocket());
  expect(warn).not.toHaveBeenCalled();
  await connect(Object.assign(new FakeSocket(), { longPollFallbackMs: 2500 }));
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("longPollFallbackMs"));
});

test("a storage in memory is all that phoenix.js wants of one", () => {
  const storage = memoryStorage();
  expect(storage.getItem("a")).toBeNull();
  storage.setItem("a", "1");
  expect(storage.getItem("a")).toBe("1");
  storage.removeItem("a");
  expect(storage.getItem("a")).toBeNull();
});
