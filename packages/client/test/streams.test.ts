import { describe, expect, test } from "vitest";
import {
  applyStreamOps,
  getStream,
  pruneStreams,
  type StreamOp,
  type StreamTable,
} from "../src/index.js";

const base = { stream: "items", ref: "0", store_id: [] };
const reset: StreamOp = { op: "reset", ...base };
const remove = (key: number): StreamOp => ({ op: "delete", ...base, item_key: `k${key}` });
const insert = (key: number, at = -1, limit: number | null = null): StreamOp => ({
  op: "insert",
  ...base,
  item_key: `k${key}`,
  at,
  item: key,
  limit,
});
const EMPTY: StreamTable = new Map();
const seed = (...keys: number[]) =>
  applyStreamOps(
    EMPTY,
    keys.map((key) => insert(key)),
  );
const items = (table: StreamTable) => getStream(table, [], "items").map((entry) => entry.item);

describe("stream operations", () => {
  // contract section 7.6
  test("trim to a limit from the end that the insert did not happen at", () => {
    const first = applyStreamOps(seed(1, 2, 3, 4), [insert(5, -1, 3)]);
    expect(items(first)).toEqual([3, 4, 5]);
    const second = applyStreamOps(first, [insert(6, 0, -2)]);
    expect(items(second)).toEqual([6, 3]);
    expect(items(applyStreamOps(second, [insert(7, -1, 0)]))).toEqual([]);
  });

  // contract section 7.6
  test("insert at an index, and move an item that is there already", () => {
    const first = applyStreamOps(seed(1, 2, 3), [insert(7, 1)]);
    expect(items(first)).toEqual([1, 7, 2, 3]);
    expect(items(applyStreamOps(first, [insert(1, 2)]))).toEqual([7, 2, 1, 3]);
  });

  test("insert at the end when the index is beyond it, at the head when it is below -1", () => {
    expect(items(applyStreamOps(seed(1), [insert(2, 99), insert(3, -5)]))).toEqual([3, 1, 2]);
  });

  test("reverse a list that is seeded at the head", () => {
    expect(
      items(
        applyStreamOps(
          EMPTY,
          [1, 2, 3].map((key) => insert(key, 0)),
        ),
      ),
    ).toEqual([3, 2, 1]);
  });

  test("reset and delete", () => {
    expect(items(applyStreamOps(seed(1, 2, 3), [remove(2)]))).toEqual([1, 3]);
    expect(items(applyStreamOps(seed(1, 2), [reset, insert(9)]))).toEqual([9]);
  });

  test("keep the same list when they change nothing", () => {
    const table = seed(1);
    const next = applyStreamOps(table, [remove(5)]);
    expect(getStream(next, [], "items")).toBe(getStream(table, [], "items"));
    expect(applyStreamOps(table, [])).toBe(table);
  });

  test("leave the table that they start from as it was", () => {
    const table = seed(1, 2);
    applyStreamOps(table, [remove(1), insert(3)]);
    expect(items(table)).toEqual([1, 2]);
  });

  test("keep the streams of two stores and two names apart", () => {
    const table = applyStreamOps(EMPTY, [
      insert(1),
      { ...insert(2), store_id: ["a"] },
      { ...insert(3), stream: "other" },
    ]);
    expect(items(table)).toEqual([1]);
    expect(getStream(table, ["a"], "items")).toEqual([{ itemKey: "k2", item: 2 }]);
    expect(getStream(table, [], "other")).toEqual([{ itemKey: "k3", item: 3 }]);
    expect(getStream(table, [], "absent")).toEqual([]);
  });

  test("refuse an op that they do not know", () => {
    const op = { ...reset, op: "shuffle" } as unknown as StreamOp;
    expect(() => applyStreamOps(EMPTY, [op])).toThrow("Unknown stream operation: shuffle");
  });
});

describe("pruneStreams", () => {
  // contract section 7.7
  test("drops the streams of stores that are gone, and only those", () => {
    const table = applyStreamOps(seed(1), [{ ...insert(2), store_id: ["a"] }]);
    const pruned = pruneStreams(table, new Set(["[]"]));
    expect(items(pruned)).toEqual([1]);
    expect(getStream(pruned, ["a"], "items")).toEqual([]);
    expect(pruneStreams(table, new Set(["[]", '["a"]']))).toBe(table);
  });
});
