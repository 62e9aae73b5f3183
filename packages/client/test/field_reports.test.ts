import { afterEach, describe, expect, test, vi } from "vitest";
import { connect, MusubiCommandError } from "../src/index.js";
import { child, firstPatch, patch } from "./support/envelopes.js";
import { FakeSocket, FakeSocketWithHooks } from "./support/fake_socket.js";
import { accept, mount, TARGET } from "./support/mount.js";
import { add, UploadPage } from "./support/uploads.js";

// Contract section 16: what users of the original hit. Its numbers 1, 5, 6, 7 and 10 are the
// server's, 11 is React's.
afterEach(() => {
  vi.useRealTimers();
});

describe("what users hit", () => {
  // contract section 16.2
  test("2: a reconnect rebuilds each root by its own rejoin; snapshots stay through the gap", async () => {
    const { store, channel, connection, socket } = await mount({ title: "before" });
    const other = connection.mountStore({ module: "Demo.Line", id: "x" });
    const second = socket.lastChannel;
    second.emit("patch", firstPatch({ label: "line" }, { root_id: "Demo.Line:x" }));
    const line = (await other).store;

    channel.emit("phx_error");
    second.emit("phx_error");
    expect([store.snapshot()?.title, line.snapshot()?.label]).toEqual(["before", "line"]);
    accept(channel, { title: "after" });
    expect([store.title, line.label]).toEqual(["after", "line"]);
    await expect(line.dispatchCommand("set_qty", { qty: 1 })).rejects.toThrow("not connected");
    second.emit("patch", firstPatch({ label: "again" }, { root_id: "Demo.Line:x" }));
    expect(line.label).toBe("again");
    expect(socket.channels).toHaveLength(2);
  });

  // contract section 16.3
  test("3: two modules with the same id are two roots", async () => {
    const socket = new FakeSocket();
    const connection = await connect<any>(socket);
    const mounting = ["Demo.Page", "Demo.Line"].map(async (module) => {
      const mounted = connection.mountStore({ module, id: "same" });
      socket.lastChannel.emit("patch", firstPatch({ module }));
      return (await mounted).store;
    });
    const [page, line] = await Promise.all(mounting);
    expect([page?.module, line?.module]).toEqual(["Demo.Page", "Demo.Line"]);
    expect(socket.channels.map(({ topic }) => topic)).toEqual([
      "musubi:connection:Demo.Page:same",
      "musubi:connection:Demo.Line:same",
    ]);
  });

  // contract section 16.4
  test("4: two that mount one root share it, and the last to go leaves it", async () => {
    vi.useFakeTimers();
    const { connection, mounted, channel } = await mount();
    const second = await connection.mountStore(TARGET);
    expect(second.store).toBe(mounted.store);
    void mounted.unmount();
    await vi.advanceTimersByTimeAsync(10);
    expect(channel.left).toBe(0);
    void second.unmount();
    const third = await connection.mountStore(TARGET); // in the same commit
    await vi.advanceTimersByTimeAsync(10);
    expect([channel.left, third.store]).toEqual([0, mounted.store]);
    void third.unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(channel.left).toBe(1);
  });

  // contract section 16.4
  test("4: a disconnect in the middle of a mount neither hangs nor goes unhandled", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const connection = await connect(new FakeSocket());
    const [first, alias] = [connection.mountStore(TARGET), connection.mountStore(TARGET)];
    await connection.disconnect();
    await expect(first).rejects.toThrow("Disconnected");
    await expect(alias).rejects.toThrow("Disconnected");
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  // contract section 16.8
  test("8: the progress of an upload repaints: a new snapshot for every op", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1"));
    const painted: [unknown, number][] = [];
    page.store.subscribe(() => painted.push([page.store.snapshot(), page.avatar.progress]));
    for (const progress of [10, 60]) {
      page.apply({ op: "progress", upload: "avatar", store_id: [], ref: "u_1", progress });
    }
    expect(painted.map(([, progress]) => progress)).toEqual([10, 60]);
    expect(new Set(painted.map(([snapshot]) => snapshot)).size).toBe(2);
  });

  // contract section 16.9
  test("9: a snapshot is undefined when its store is not there, and never throws", async () => {
    const { store, channel, mounted } = await mount({ cover: child(["cover"], { label: "c" }) });
    const { cover } = store;
    channel.emit("patch", patch(1, { ops: [{ op: "replace", path: "/cover", value: null }] }));
    expect(cover?.snapshot()).toBeUndefined();
    await mounted.unmount();
    expect(store.snapshot()).toBeUndefined();
  });

  // contract section 16.12
  test("12: a command that fails says how, as data", async () => {
    const { store, channel } = await mount();
    const outcome = store.dispatchCommand("reset").catch((error: unknown) => error);
    channel.lastPush.reply("error", { reason: "invalid payload", field: "celsius" });
    expect(MusubiCommandError.is(await outcome)).toBe(true);
    expect(await outcome).toMatchObject({
      kind: "failed",
      command: "reset",
      storeId: [],
      code: "invalid payload",
      reply: { field: "celsius" },
    });
  });

  // contract section 16.12
  test("12: commands in the stale window of a cached mount queue", async () => {
    const socket = new FakeSocket();
    const connection = await connect<any>(socket);
    const initialData = { __musubi_store_id__: [], title: "cached" };
    const { store } = await connection.mountStore({ ...TARGET, cache: { initialData } });
    const outcome = store.dispatchCommand("reset");
    expect(socket.lastChannel.pushes).toEqual([]);
    accept(socket.lastChannel);
    await vi.waitFor(() => socket.lastChannel.lastPush.reply("ok", { cleared: 1 }));
    await expect(outcome).resolves.toEqual({ cleared: 1 });
  });

  // contract section 16.13
  test("13: a connection that dropped is visible before a command fails", async () => {
    const socket = new FakeSocketWithHooks();
    const { connection } = await mount({}, socket);
    socket.fire("open");
    const seen: string[] = [];
    connection.onStatusChange((status) => seen.push(status));
    socket.fire("close");
    expect([connection.status(), seen]).toEqual(["reconnecting", ["reconnecting"]]);
  });
});
