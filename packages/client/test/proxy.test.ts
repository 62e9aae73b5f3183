import { describe, expect, test } from "vitest";
import { keyOf } from "../src/index.js";
import { child, firstPatch, patch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";

const line = (id: string, label = id) => child(["lines", id], { label });

describe("a store proxy", () => {
  test("reads the live state", async () => {
    const { store, channel } = await mount({ title: "a", fault: null, meta: { n: [1] } });
    expect([store.title, store.fault, store.meta]).toEqual(["a", null, { n: [1] }]);
    channel.emit("patch", patch(1, { ops: [{ op: "replace", path: "/title", value: "b" }] }));
    expect(store.title).toBe("b");
  });

  test("gives nested stores as proxies, in fields, lists and objects", async () => {
    const { store } = await mount({
      cover: child(["cover"], { label: "c" }),
      lines: [line("1")],
      meta: { deep: { inner: child(["inner"], { label: "i" }) } },
    });
    expect(store.cover?.label).toBe("c");
    expect(store.lines[0]?.snapshot()).toEqual(line("1"));
    expect((store.meta as any).deep.inner.snapshot()).toEqual(child(["inner"], { label: "i" }));
  });

  test("is one and the same while its store exists", async () => {
    const { store, channel } = await mount({ lines: [line("1"), line("2")] });
    const [one, two] = store.lines;
    channel.emit(
      "patch",
      patch(1, { ops: [{ op: "replace", path: "/lines/0/label", value: "x" }] }),
    );
    channel.emit(
      "patch",
      patch(2, { ops: [{ op: "replace", path: "/lines", value: [line("2")] }] }),
    );
    expect(store.lines[0]).toBe(two);
    expect(one?.label).toBeUndefined();
    channel.emit("patch", patch(3, { ops: [{ op: "add", path: "/lines/0", value: line("1") }] }));
    expect(store.lines[0]).not.toBe(one);
    expect(store.lines[0]?.label).toBe("1");
  });

  test("survives a reconnect", async () => {
    const { store, channel } = await mount({ lines: [line("1")] });
    const one = store.lines[0];
    channel.emit("phx_error");
    channel.emit("patch", firstPatch({ lines: [line("1", "after")] }));
    expect(store.lines[0]).toBe(one);
    expect(one?.label).toBe("after");
  });

  test("keeps the functions that it hands out", async () => {
    const { store } = await mount();
    const { snapshot, subscribe, dispatchCommand, handleEvent } = store;
    expect([store.snapshot, store.subscribe]).toEqual([snapshot, subscribe]);
    expect([store.dispatchCommand, store.handleEvent]).toEqual([dispatchCommand, handleEvent]);
    expect(snapshot()).toEqual({ __musubi_store_id__: [] });
  });

  test("gives the same list until it changes", async () => {
    const { store, channel } = await mount({ title: "a", lines: [line("1")] });
    const lines = store.lines;
    expect(store.lines).toBe(lines);
    channel.emit("patch", patch(1, { ops: [{ op: "replace", path: "/title", value: "b" }] }));
    expect(store.lines).toBe(lines);
  });

  test("knows its own members before the state's", async () => {
    const { store } = await mount({ snapshot: "shadowed" });
    expect(store.snapshot()).toMatchObject({ snapshot: "shadowed" });
    expect(store.__musubi_store_id__).toEqual([]);
  });

  test("refuses to be written", async () => {
    const { store } = await mount({ title: "a" });
    const message = "Store proxies are read-only";
    const target = store as any;
    expect(() => (target.title = "b")).toThrow(message);
    expect(() => (target.other = "b")).toThrow(message);
    expect(() => delete target.title).toThrow(message);
    expect(() => Object.defineProperty(target, "title", { value: 1 })).toThrow(message);
    expect(() => Object.setPrototypeOf(target, null)).toThrow(message);
    expect(() => Object.freeze(target)).toThrow(message);
    expect(() => (target.__musubi_store_id__[0] = "x")).toThrow(TypeError);
    expect(store.title).toBe("a");
  });

  test("enumerates its members and the state's keys, each once", async () => {
    const { store } = await mount({ title: "a", tags: [] });
    const keys = ["__musubi_store_id__", "dispatchCommand", "subscribe", "snapshot", "handleEvent"];
    expect(Object.keys(store)).toEqual([...keys, "title", "tags"]);
    expect("title" in store).toBe(true);
    expect("nothing" in store).toBe(false);
    expect({ ...store }.title).toBe("a");
  });

  test("has nothing that its state does not have", async () => {
    const { store } = await mount({ title: "a" });
    const any = store as any;
    expect([any.then, any.constructor, any.toJSON, any[Symbol.iterator]]).toEqual(
      new Array(4).fill(undefined),
    );
    await expect(Promise.resolve(store)).resolves.toBe(store);
  });

  test("can be written as JSON", async () => {
    const { store } = await mount({ lines: [line("1")] });
    expect(JSON.parse(JSON.stringify(store))).toEqual({
      __musubi_store_id__: [],
      lines: [line("1")],
    });
  });

  test("has a key that is unique in its root", async () => {
    const { store } = await mount({ lines: [line("1")] });
    expect(keyOf(store)).toBe("[]");
    expect(store.lines.map(keyOf)).toEqual(['["lines","1"]']);
  });
});
