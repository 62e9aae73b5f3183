import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { child, firstPatch, patch, ROOT_ID } from "./support/envelopes.js";
import { accept, mount, TARGET } from "./support/mount.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const silenceErrors = () => vi.spyOn(console, "error").mockImplementation(() => undefined);

describe.each(["phx_error", "phx_close"])("a root whose channel ends with %s", (event) => {
  test("keeps its last state and rejects the commands that wait", async () => {
    const { store, channel } = await mount({ title: "last good" });
    const snapshot = store.snapshot();
    const told = vi.fn();
    store.subscribe(told);
    const command = expect(store.dispatchCommand("reset")).rejects.toThrow(/^Disconnected$/);
    channel.emit(event);
    await command;
    expect(store.snapshot()).toBe(snapshot);
    expect(store.title).toBe("last good");
    expect(told).not.toHaveBeenCalled();
  });

  test("is replaced as a whole by the first patch after the rejoin", async () => {
    const { store, socket, channel } = await mount({ title: "before", fault: "old" });
    channel.emit(event);
    accept(channel, { title: "after" });
    expect(store.snapshot()).toEqual({ __musubi_store_id__: [], title: "after" });
    channel.emit("patch", patch(1, { ops: [{ op: "replace", path: "/title", value: "live" }] }));
    expect(store.title).toBe("live");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.channels).toHaveLength(1);
  });

  test("is dropped when nobody uses it any more", async () => {
    const { connection, socket, channel, mounted } = await mount();
    const unmounting = mounted.unmount();
    channel.emit(event);
    await expect(unmounting).resolves.toBeUndefined();
    expect(channel.left).toBe(1);
    connection.mountStore(TARGET).catch(() => undefined);
    expect(socket.channels).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.channels).toHaveLength(2);
  });

  test("can be shared meanwhile, with its last state", async () => {
    const { connection, channel, store } = await mount({ title: "last good" });
    channel.emit(event);
    const alias = await connection.mountStore(TARGET);
    expect(alias.store).toBe(store);
    expect(alias.store.title).toBe("last good");
  });

  test("goes on waiting when it was not yet mounted", async () => {
    const { connection, socket } = await mount();
    const mounting = connection.mountStore({ module: "Demo.Page", id: "late" });
    const channel = socket.lastChannel;
    channel.emit(event);
    channel.joinPush.reply("ok", { root_id: "Demo.Page:late" });
    channel.emit("patch", firstPatch({ title: "here" }));
    expect((await mounting).store.title).toBe("here");
  });
});

describe("a rejoin", () => {
  test("that is refused leaves the root to further rejoins", async () => {
    const error = silenceErrors();
    const { store, channel } = await mount({ title: "last good" });
    channel.emit("phx_error");
    channel.joinPush.reply("error", { reason: "unauthorized" });
    expect(error).toHaveBeenCalledTimes(1);
    expect(channel.left).toBe(0);
    expect(store.title).toBe("last good");
    accept(channel, { title: "back" });
    expect(store.title).toBe("back");
  });

  test("whose first patch is not one keeps the last state", async () => {
    const error = silenceErrors();
    const { store, channel } = await mount({ title: "last good" });
    channel.emit("phx_error");
    channel.emit("patch", patch(4));
    expect(error).toHaveBeenCalledTimes(1);
    expect(store.title).toBe("last good");
  });
});

test("a first patch that builds on the state of before is refused as a whole", async () => {
  const error = silenceErrors();
  const { store, channel } = await mount({ title: "last good" });
  channel.emit("phx_error");
  const ops = [{ op: "replace", path: "/title", value: "mixed" } as const];
  channel.emit("patch", patch(0, { ops }));
  expect(error).toHaveBeenCalledTimes(1);
  expect(store.title).toBe("last good");
});

describe("a channel closed by the server", () => {
  test("is opened anew, as phoenix.js never rejoins it", async () => {
    const { store, socket, channel } = await mount({ title: "before" });
    channel.emit("phx_close");
    await vi.advanceTimersByTimeAsync(999);
    expect(socket.channels).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.channels).toHaveLength(2);
    expect(socket.lastChannel.topic).toBe(channel.topic);
    accept(socket.lastChannel, { title: "after" });
    expect(store.title).toBe("after");
  });

  test("is not opened anew after the root was unmounted or disconnected", async () => {
    const first = await mount();
    first.channel.emit("phx_close");
    void first.mounted.unmount();
    const second = await mount();
    second.channel.emit("phx_close");
    await second.connection.disconnect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(first.socket.channels).toHaveLength(1);
    expect(second.socket.channels).toHaveLength(1);
  });
});

describe("a version gap", () => {
  test.each([
    ["a patch was missed", patch(2)],
    ["a patch came twice", firstPatch({})],
    ["a version was skipped", patch(1, { version: 3 })],
  ])("(%s) leaves the channel and joins the topic anew", async (_reason, envelope) => {
    const { store, socket, channel } = await mount({ title: "last good" });
    const command = expect(store.dispatchCommand("reset")).rejects.toThrow(/^Version mismatch$/);
    channel.emit("patch", envelope);
    await command;
    expect(channel.left).toBe(1);
    expect(socket.channels).toHaveLength(2);
    expect(socket.lastChannel.topic).toBe(channel.topic);
    expect(socket.lastChannel.payload).toEqual(channel.payload);
    expect(store.title).toBe("last good");
  });

  test("is over with the first patch of the new channel", async () => {
    const { store, socket, channel } = await mount({ title: "last good" });
    channel.emit("patch", patch(2));
    await expect(store.dispatchCommand("reset")).rejects.toThrow("Store is not connected");
    accept(socket.lastChannel, { title: "fresh" });
    expect(store.title).toBe("fresh");
    void store.dispatchCommand("reset");
    expect(socket.lastChannel.pushes).toHaveLength(1);
  });

  test("is recovered from once, whatever the old channel still says", async () => {
    const { store, socket, channel } = await mount({ title: "last good" });
    channel.emit("patch", patch(2));
    channel.emit("patch", patch(3));
    channel.emit("phx_error");
    channel.emit("phx_close");
    channel.joinPush.reply("error", { reason: "late" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.channels).toHaveLength(2);
    accept(socket.lastChannel, { title: "fresh" });
    channel.emit("patch", firstPatch({ title: "stale" }));
    expect(store.title).toBe("fresh");
  });

  test("whose rejoin fails keeps the last state and the channel that retries", async () => {
    const error = silenceErrors();
    const { store, socket, channel } = await mount({ title: "last good" });
    channel.emit("patch", patch(2));
    socket.lastChannel.joinPush.reply("timeout");
    expect(error).toHaveBeenCalledTimes(1);
    expect(socket.lastChannel.left).toBe(0);
    expect(store.title).toBe("last good");
    accept(socket.lastChannel, { title: "fresh" });
    expect(store.title).toBe("fresh");
  });

  test("whose rejoin cannot even be sent keeps the last state", async () => {
    const error = silenceErrors();
    const { store, socket, channel } = await mount({ title: "last good" });
    vi.spyOn(socket, "channel").mockImplementationOnce(() => {
      throw new Error("socket is broken");
    });
    channel.emit("patch", patch(2));
    expect(error).toHaveBeenCalledTimes(1);
    expect(store.title).toBe("last good");
  });
});

test("a server that sends a gap after every join is rejoined once in a second", async () => {
  const { socket, channel } = await mount();
  channel.emit("patch", patch(5));
  for (let i = 0; i < 50; i += 1) {
    socket.lastChannel.emit("patch", firstPatch({}));
    socket.lastChannel.emit("patch", patch(5));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(socket.channels.length).toBeGreaterThan(4);
  expect(socket.channels.length).toBeLessThan(8);
});

describe("a patch that cannot be used", () => {
  test("changes nothing and is treated like a gap when one of its ops does not fit", async () => {
    const error = silenceErrors();
    const { store, socket, channel } = await mount({ title: "a" });
    const ops = [
      { op: "replace", path: "/title", value: "half" } as const,
      { op: "remove", path: "/missing" } as const,
    ];
    channel.emit("patch", patch(1, { ops }));
    expect(error).toHaveBeenCalledTimes(1);
    expect(store.title).toBe("a");
    expect(socket.channels).toHaveLength(2);
  });

  test.each([
    [null],
    ["patch"],
    [[]],
    [{ ...patch(1), type: "other" }],
    [{ ...patch(1), root_id: 7 }],
    [{ ...patch(1), version: "2" }],
    [{ ...patch(1), base_version: null }],
    [{ ...patch(1), ops: {} }],
    [{ ...patch(1), stream_ops: undefined }],
  ])("is ignored when it is no envelope: %j", async (payload) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { store, socket, channel } = await mount({ title: "a" });
    channel.emit("patch", payload);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(socket.channels).toHaveLength(1);
    const ops = [{ op: "replace", path: "/title", value: "b" } as const];
    channel.emit("patch", patch(1, { ops, root_id: ROOT_ID }));
    expect(store.title).toBe("b");
  });
});

test("a subscriber may end the connection in the middle of a patch", async () => {
  const { store, connection, channel } = await mount({ title: "a", cover: child(["cover"]) });
  const later = vi.fn();
  store.subscribe(() => void connection.disconnect());
  store.cover?.subscribe(later);
  store.handleEvent("toast", later);
  const ops = [{ op: "replace", path: "/cover", value: null } as const];
  const events = [{ store_id: [], name: "toast", payload: { msg: "x" } }];
  channel.emit("patch", patch(1, { ops, events }));
  expect(later).not.toHaveBeenCalled();
  expect(store.snapshot()).toBeUndefined();
  expect(channel.left).toBe(1);
});
