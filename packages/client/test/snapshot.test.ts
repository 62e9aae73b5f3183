import { describe, expect, test, vi } from "vitest";
import type { JsonPatchOp, StreamOp } from "../src/index.js";
import { child, firstPatch, patch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";

const insert = (store_id: string[], id: string): StreamOp => ({
  op: "insert",
  stream: "history",
  ref: "0",
  store_id,
  item_key: id,
  at: -1,
  item: { id, celsius: 20 },
  limit: null,
});

/** A page with two lines, and two in-line objects that are no stores. */
function page() {
  return mount({
    title: "shop",
    meta: { a: { n: 1 }, b: { n: 2 } },
    history: { __musubi_stream__: "history" },
    lines: [child(["lines", "1"], { label: "one" }), child(["lines", "2"], { label: "two" })],
  });
}
const replace = (path: string, value: unknown): { ops: JsonPatchOp[] } => ({
  ops: [{ op: "replace", path, value }],
});

describe("snapshot", () => {
  test("is the plain state with nested stores inline", async () => {
    const { store } = await page();
    expect(store.snapshot()).toEqual({
      __musubi_store_id__: [],
      title: "shop",
      meta: { a: { n: 1 }, b: { n: 2 } },
      history: [],
      lines: [
        { __musubi_store_id__: ["lines", "1"], label: "one" },
        { __musubi_store_id__: ["lines", "2"], label: "two" },
      ],
    });
  });

  test("is the same object until something changes", async () => {
    const { store, channel } = await page();
    const before = store.snapshot();
    expect(store.snapshot()).toBe(before);
    channel.emit("patch", patch(1, { events: [{ store_id: [], name: "toast", payload: {} }] }));
    expect(store.snapshot()).toBe(before);
  });

  test("changes with the store and its ancestors; siblings and untouched parts stay", async () => {
    const { store, channel } = await page();
    const [one, two] = store.lines;
    const before = { root: store.snapshot(), one: one?.snapshot(), two: two?.snapshot() };
    channel.emit("patch", patch(1, replace("/lines/0/label", "1")));
    expect(store.snapshot()).not.toBe(before.root);
    expect(one?.snapshot()).not.toBe(before.one);
    expect(two?.snapshot()).toBe(before.two);
    expect(store.snapshot()?.lines[1]).toBe(before.root?.lines[1]);
    expect(store.snapshot()?.meta).toBe(before.root?.meta);
  });

  test("of a child is what stands in its parent's", async () => {
    const { store } = await page();
    expect(store.snapshot()?.lines[0]).toBe(store.lines[0]?.snapshot());
  });

  test("of a child stays when only its parent's own fields change", async () => {
    const { store, channel } = await page();
    const one = store.lines[0]?.snapshot();
    channel.emit("patch", patch(1, replace("/title", "store")));
    expect(store.lines[0]?.snapshot()).toBe(one);
  });

  test("changes with a stream of the store or of one below it", async () => {
    const { store, channel } = await mount({
      title: "shop",
      lines: [
        child(["lines", "1"], { history: { __musubi_stream__: "history" } }),
        child(["lines", "2"], {}),
      ],
    });
    const [one, two] = store.lines;
    const before = { root: store.snapshot(), one: one?.snapshot(), two: two?.snapshot() };
    channel.emit("patch", patch(1, { stream_ops: [insert(["lines", "1"], "r1")] }));
    expect(one?.snapshot()).toMatchObject({ history: [{ id: "r1", celsius: 20 }] });
    expect(one?.snapshot()).not.toBe(before.one);
    expect(store.snapshot()).not.toBe(before.root);
    expect(store.snapshot()?.lines[0]).toBe(one?.snapshot());
    expect(two?.snapshot()).toBe(before.two);
    expect(store.snapshot()).toBe(store.snapshot());
  });

  test("changes as a whole when the root is replaced", async () => {
    const { store, channel } = await page();
    const before = store.snapshot();
    channel.emit("phx_error");
    channel.emit("patch", firstPatch(structuredClone({ ...before })));
    expect(store.snapshot()).toEqual(before);
    expect(store.snapshot()).not.toBe(before);
    expect(store.snapshot()?.meta).not.toBe(before?.meta);
  });

  test("is frozen at every depth", async () => {
    const { store, channel } = await page();
    channel.emit("patch", patch(1, { stream_ops: [insert([], "r1")] }));
    const snapshot = store.snapshot() as any;
    expect(() => (snapshot.title = "x")).toThrow(TypeError);
    expect(() => snapshot.lines.pop()).toThrow(TypeError);
    expect(() => (snapshot.meta.a.n = 9)).toThrow(TypeError);
    expect(() => (snapshot.history[0].celsius = 9)).toThrow(TypeError);
    channel.emit("patch", patch(2, replace("/meta/a/n", 5)));
    expect(store.snapshot()?.meta).toEqual({ a: { n: 5 }, b: { n: 2 } });
  });

  test("is undefined when the store has vanished", async () => {
    const { store, channel } = await page();
    const two = store.lines[1];
    channel.emit("patch", patch(1, { ops: [{ op: "remove", path: "/lines/1" }] }));
    expect(two?.snapshot()).toBeUndefined();
    expect(two?.label).toBeUndefined();
  });
});

describe("values with a marker", () => {
  const weather = (status: string, result: unknown, reason: unknown) => ({
    weather: { __musubi_async__: true, status, result, reason },
  });

  test("async: result and reason become data and error", async () => {
    const stale = { kind: "error", value: "of the last time" };
    const { store, channel } = await mount(weather("loading", null, stale));
    expect(store.weather).toEqual({ status: "loading", data: null, error: null });
    channel.emit("patch", patch(1, replace("/weather/result", { sky: "blue" })));
    channel.emit("patch", patch(2, replace("/weather/status", "ok")));
    expect(store.snapshot()?.weather).toEqual({ status: "ok", data: { sky: "blue" }, error: null });
    channel.emit(
      "patch",
      patch(3, {
        ops: [
          { op: "replace", path: "/weather/status", value: "failed" },
          { op: "replace", path: "/weather/reason", value: { kind: "exit", value: "timeout" } },
        ],
      }),
    );
    expect(store.snapshot()?.weather).toEqual({
      status: "failed",
      data: { sky: "blue" },
      error: { kind: "exit", value: "timeout" },
    });
  });

  test("async: without all fields, or with another mark, it is data like any other", async () => {
    const partial = { __musubi_async__: true, status: "ok" };
    const other = { __musubi_async__: 1, status: "ok", result: 1, reason: null };
    const { store } = await mount({ meta: { partial, other } });
    expect(store.snapshot()?.meta).toEqual({ partial, other });
  });

  test("async stream: the marker inside becomes the items", async () => {
    const log = {
      __musubi_async__: true,
      status: "ok",
      result: { __musubi_stream__: "history" },
      reason: null,
    };
    const { store, channel } = await mount({ log });
    channel.emit("patch", patch(1, { stream_ops: [insert([], "r1")] }));
    expect(store.log).toEqual({ status: "ok", data: [{ id: "r1", celsius: 20 }], error: null });
    expect(store.snapshot()?.log).toEqual(store.log);
  });

  test("stream: a marker with a second key is data like any other", async () => {
    const { store } = await mount({ meta: { __musubi_stream__: "history", more: 1 } });
    expect(store.snapshot()?.meta).toEqual({ __musubi_stream__: "history", more: 1 });
  });

  test("stream: a nested marker belongs to the store around it", async () => {
    const { store, channel } = await mount({
      cover: child(["cover"], { meta: { inner: { __musubi_stream__: "history" } } }),
    });
    channel.emit("patch", patch(1, { stream_ops: [insert(["cover"], "r1")] }));
    expect(store.snapshot()?.cover).toMatchObject({ meta: { inner: [{ id: "r1" }] } });
  });

  test("stream: items go with their store and do not return with it", async () => {
    const cover = child(["cover"], { history: { __musubi_stream__: "history" } });
    const { store, channel } = await mount({ cover });
    channel.emit("patch", patch(1, { stream_ops: [insert(["cover"], "r1")] }));
    channel.emit("patch", patch(2, replace("/cover", null)));
    channel.emit("patch", patch(3, replace("/cover", cover)));
    expect(store.snapshot()?.cover).toMatchObject({ history: [] });
  });

  test("stream: a new runtime starts empty, so nothing deleted meanwhile returns", async () => {
    const history = { __musubi_stream__: "history" };
    const { store, channel } = await mount({ history });
    channel.emit("patch", patch(1, { stream_ops: [insert([], "r1"), insert([], "r2")] }));
    channel.emit("phx_error");
    expect(store.history).toHaveLength(2);
    channel.emit("patch", firstPatch({ history }, { stream_ops: [insert([], "r2")] }));
    expect(store.history.map((item) => item.id)).toEqual(["r2"]);
  });
});

describe("subscribe", () => {
  test("tells the store that changed and its ancestors, not its siblings", async () => {
    const { store, channel } = await page();
    const told = { root: vi.fn(), one: vi.fn(), two: vi.fn() };
    store.subscribe(told.root);
    store.lines[0]?.subscribe(told.one);
    store.lines[1]?.subscribe(told.two);
    channel.emit("patch", patch(1, replace("/lines/0/label", "1")));
    expect(told.root).toHaveBeenCalledTimes(1);
    expect(told.one).toHaveBeenCalledTimes(1);
    expect(told.two).not.toHaveBeenCalled();
  });

  test("tells a store that a stream op named, once for all of its ops", async () => {
    const { store, channel } = await page();
    const told = { root: vi.fn(), one: vi.fn() };
    store.subscribe(told.root);
    store.lines[0]?.subscribe(told.one);
    channel.emit("patch", patch(1, { stream_ops: [insert([], "a"), insert([], "b")] }));
    expect(told.root).toHaveBeenCalledTimes(1);
    expect(told.one).not.toHaveBeenCalled();
  });

  test("tells a store that it has vanished", async () => {
    const { store, channel } = await page();
    const two = store.lines[1];
    const seen: unknown[] = [];
    two?.subscribe(() => seen.push(two.snapshot()));
    channel.emit("patch", patch(1, { ops: [{ op: "remove", path: "/lines/1" }] }));
    expect(seen).toEqual([undefined]);
  });

  test("is silent for a cycle that only brings events", async () => {
    const { store, channel } = await page();
    const told = vi.fn();
    store.subscribe(told);
    channel.emit("patch", patch(1, { events: [{ store_id: [], name: "toast", payload: {} }] }));
    expect(told).not.toHaveBeenCalled();
  });

  test("comes after the state, and ends when it is given up", async () => {
    const { store, channel } = await page();
    const seen: string[] = [];
    const off = store.subscribe(() => seen.push(store.title));
    channel.emit("patch", patch(1, replace("/title", "b")));
    off();
    channel.emit("patch", patch(2, replace("/title", "c")));
    expect(seen).toEqual(["b"]);
  });
});
