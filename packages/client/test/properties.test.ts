import fc from "fast-check";
import jsonpatch from "fast-json-patch";
import { describe, expect, test, vi } from "vitest";
import {
  applyPatch,
  applyStreamOps,
  getStream,
  type JsonPatchOp,
  type StreamOp,
  type StreamTable,
} from "../src/index.js";
import { firstPatch, patch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";

const runs = { numRuns: 500 };

// --- streams ---------------------------------------------------------------------------------

/** Contract section 7.6, written down again as plainly as it can be. */
function model(list: [string, number][], op: StreamOp): [string, number][] {
  if (op.op === "reset") return [];
  const rest = list.filter(([key]) => key !== op.item_key);
  if (op.op === "delete") return rest;
  const at = op.at === -1 ? rest.length : op.at < 0 ? 0 : Math.min(op.at, rest.length);
  const next = [
    ...rest.slice(0, at),
    [op.item_key, op.item] as [string, number],
    ...rest.slice(at),
  ];
  if (op.limit === null) return next;
  const size = Math.abs(op.limit);
  if (size === 0) return [];
  if (next.length <= size) return next;
  return op.at === 0 ? next.slice(0, size) : next.slice(-size);
}

const streams = ["a", "b"];
const stores = [[], ["x"], ["x", "y"]];
const anyStreamOp: fc.Arbitrary<StreamOp> = fc
  .record({
    kind: fc.constantFrom("insert", "insert", "insert", "insert", "delete", "reset"),
    stream: fc.constantFrom(...streams),
    store_id: fc.constantFrom(...stores),
    item_key: fc.constantFrom("k1", "k2", "k3", "k4", "k5", "k6"),
    at: fc.oneof(fc.constantFrom(-1, 0), fc.integer({ min: -3, max: 8 })),
    limit: fc.oneof(fc.constant(null), fc.integer({ min: -4, max: 4 })),
    item: fc.nat(),
  })
  .map(({ kind, stream, store_id, item_key, at, limit, item }) => {
    const base = { stream, store_id, ref: "0" };
    if (kind === "reset") return { op: "reset", ...base };
    if (kind === "delete") return { op: "delete", ...base, item_key };
    return { op: "insert", ...base, item_key, at, item, limit };
  });

const shown = (table: StreamTable, store: string[], stream: string) =>
  getStream(table, store, stream).map(({ itemKey, item }) => [itemKey, item]);

test("streams follow the model of section 7.6, however the ops are spread over envelopes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(anyStreamOp, { maxLength: 8 }), { maxLength: 8 }),
      (envelopes) => {
        let table: StreamTable = new Map();
        const lists = new Map<string, [string, number][]>();
        for (const ops of envelopes) {
          const before = table;
          table = applyStreamOps(table, ops);
          for (const op of ops) {
            const key = JSON.stringify([op.store_id, op.stream]);
            lists.set(key, model(lists.get(key) ?? [], op));
          }
          for (const store of stores) {
            for (const stream of streams) {
              const now = shown(table, store, stream);
              expect(now).toEqual(lists.get(JSON.stringify([store, stream])) ?? []);
              // Identity tells truly whether a list has changed.
              const same = getStream(before, store, stream) === getStream(table, store, stream);
              if (same) expect(now).toEqual(shown(before, store, stream));
            }
          }
        }
      },
    ),
    runs,
  );
});

test("a mounted store shows what the model holds, and starts over with a new runtime", async () => {
  const value = { history: { __musubi_stream__: "a" } };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.array(anyStreamOp, { maxLength: 6 })), { maxLength: 6 }),
      async (steps) => {
        const { store, channel } = await mount(value);
        let list: [string, number][] = [];
        let version = 1;
        for (const [reconnects, ops] of steps) {
          if (reconnects) {
            channel.emit("phx_error");
            channel.emit("patch", firstPatch(value, { stream_ops: ops }));
            version = 1;
            list = [];
          } else {
            channel.emit("patch", patch(version++, { stream_ops: ops }));
          }
          const own = ops.filter((op) => op.stream === "a" && op.store_id.length === 0);
          list = own.reduce(model, list);
          expect(store.history).toEqual(list.map(([, item]) => item));
          expect(store.snapshot()?.history).toEqual(store.history);
        }
      },
    ),
    { numRuns: 100 },
  );
});

// --- patches ---------------------------------------------------------------------------------

const keys = fc.constantFrom("a", "b", "", "~", "/", "a/b~c", "0", "-", "ü", "constructor");
const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, true, false, 0, 1, -1.5, "", "text"),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(keys, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).json;
const anyTree = fc.dictionary(keys, anyJson, { maxKeys: 5, noNullPrototype: true });

const escape = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Section 6.3: what a server sends for two trees, op for op. */
function diff(prev: unknown, next: unknown, path = ""): JsonPatchOp[] {
  if (isObject(prev) && isObject(next)) {
    const down = (a: string, b: string): number => (a < b ? 1 : -1);
    const gone = Object.keys(prev).filter((key) => !Object.hasOwn(next, key));
    return [
      ...gone
        .sort(down)
        .map((key): JsonPatchOp => ({ op: "remove", path: `${path}/${escape(key)}` })),
      ...Object.keys(next)
        .sort(down)
        .flatMap((key): JsonPatchOp[] => {
          const at = `${path}/${escape(key)}`;
          if (!Object.hasOwn(prev, key)) return [{ op: "add", path: at, value: next[key] }];
          return diff(prev[key], next[key], at);
        }),
    ];
  }
  if (Array.isArray(prev) && Array.isArray(next)) {
    const ops: JsonPatchOp[] = [];
    const both = Math.min(prev.length, next.length);
    for (let i = both; i < next.length; ++i)
      ops.push({ op: "add", path: `${path}/${i}`, value: next[i] });
    for (let i = prev.length - 1; i >= both; --i) ops.push({ op: "remove", path: `${path}/${i}` });
    for (let i = both - 1; i >= 0; --i) ops.push(...diff(prev[i], next[i], `${path}/${i}`));
    return ops;
  }
  return Object.is(prev, next) ? [] : [{ op: "replace", path, value: next }];
}

/** Every container of a document, by identity. */
function containers(value: unknown, into = new Set<unknown>()): Set<unknown> {
  if (typeof value !== "object" || value === null) return into;
  into.add(value);
  for (const member of Object.values(value)) containers(member, into);
  return into;
}

describe("applyPatch", () => {
  test("turns the tree before into the tree after, for the diffs that servers send", () => {
    fc.assert(
      fc.property(anyTree, anyTree, (before, after) => {
        const ops = diff(before, after);
        const copy = structuredClone(before);
        const sent = structuredClone(ops);
        expect(applyPatch<unknown>(before, ops)).toEqual(after);
        expect(before).toEqual(copy);
        expect(ops).toEqual(sent);
      }),
      runs,
    );
  });

  test("agrees with fast-json-patch on any list of ops, also on whether they can be applied", () => {
    const token = fc.oneof(
      keys,
      fc.nat({ max: 5 }).map(String),
      fc.constantFrom("-", "00", "length"),
    );
    const path = fc
      .array(token, { maxLength: 4 })
      .map((all) => all.map((t) => `/${escape(t)}`).join(""));
    const anyOp: fc.Arbitrary<JsonPatchOp> = fc.oneof(
      fc.record({ op: fc.constantFrom("add" as const, "replace" as const), path, value: anyJson }),
      fc.record({ op: fc.constant("remove" as const), path }),
    );
    let applied = 0;
    fc.assert(
      fc.property(anyTree, fc.array(anyOp, { maxLength: 3 }), (document, ops) => {
        const ours = attempt(() => applyPatch<unknown>(document, ops));
        const theirs = attempt(
          () =>
            jsonpatch.applyPatch(
              structuredClone(document),
              structuredClone(ops) as never,
              true,
              false,
            ).newDocument as unknown,
        );
        // Where this one takes an op, it does what the other does. It refuses more: see patch.test.ts.
        if (!("value" in ours)) return;
        applied += 1;
        expect(theirs).toEqual(ours);
      }),
      { numRuns: 3000 },
    );
    expect(applied).toBeGreaterThan(500);
  });

  test("agrees with fast-json-patch on the diffs that fast-json-patch makes", () => {
    fc.assert(
      fc.property(anyTree, anyTree, (before, after) => {
        const ops = jsonpatch.compare(before, after) as JsonPatchOp[];
        expect(applyPatch<unknown>(before, ops)).toEqual(after);
      }),
      runs,
    );
  });

  test("shares every container that no op goes through", () => {
    fc.assert(
      fc.property(anyTree, anyTree, anyTree, (left, right, after) => {
        const document = { left, right };
        const ops = diff(right, after, "/right");
        const next = applyPatch<typeof document>(document, ops);
        expect(next.left).toBe(left);
        if (ops.length === 0) expect(next).toBe(document);
        const shared = containers(left);
        for (const each of shared) expect(containers(next).has(each)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("through a mounted store: snapshots are the trees, and change exactly when they do", async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, fc.array(anyTree, { maxLength: 5 }), async (first, others) => {
        const { store, channel } = await mount({ meta: first });
        let before: unknown = first;
        let version = 1;
        for (const tree of others) {
          const snapshot = store.snapshot();
          const ops = diff(before, tree, "/meta");
          channel.emit("patch", patch(version++, { ops: structuredClone(ops) }));
          expect(store.snapshot()).toEqual({ __musubi_store_id__: [], meta: tree });
          expect(store.snapshot() === snapshot).toBe(ops.length === 0);
          before = tree;
        }
      }),
      { numRuns: 100 },
    );
  });
});

function attempt<T>(call: () => T): { value: T } | { failed: true } {
  try {
    return { value: call() };
  } catch {
    return { failed: true };
  }
}

// --- envelopes -------------------------------------------------------------------------------

const KEYS = [
  "__musubi_store_id__",
  "__musubi_stream__",
  "__musubi_upload__",
  "__musubi_async__",
  "__proto__",
  "constructor",
  "title",
  "status",
] as const;
const anyData = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(null, true, 0, -1, 1.5, "", "title", "[]"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 3 }),
  ),
})).value;
/** A value that was meant, or anything else. */
const or = (...right: unknown[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, anyData);
const anyOp = fc.record(
  {
    op: or("add", "remove", "replace", "insert", "delete", "reset", "config", "progress", "error"),
    path: or("", "/title", "/meta/a", "/__proto__/a", "/-"),
    value: anyData,
    store_id: or([], ["cover"]),
    stream: or("history", "log"),
    upload: or("avatar"),
    ref: or("0", "u_1"),
    item_key: or("a", "b"),
    at: or(-1, 0, 7),
    limit: or(null, 3, -3),
    item: anyData,
    entry: anyData,
    config: anyData,
    error: anyData,
    progress: or(7, 100),
    name: or("toast"),
    payload: anyData,
  },
  { requiredKeys: ["op", "path", "store_id"] },
);
const ops = fc.oneof({ weight: 3, arbitrary: fc.array(fc.oneof(anyOp, anyData), { maxLength: 4 }) }, anyData);
const anyEnvelope = fc.oneof(
  { weight: 5, arbitrary: fc.record({
    type: or("patch"),
    root_id: or("Demo.Page:main"),
    base_version: or(0, 1, 2),
    version: or(1, 2, 3),
    ops,
    stream_ops: ops,
    upload_ops: ops,
    events: ops,
  }) },
  anyData,
);

test("no patch of one root, whatever it holds, throws or reaches another root", async () => {
  const quiet = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  for (const each of quiet) each.mockImplementation(() => undefined);
  await fc.assert(
    fc.asyncProperty(fc.array(anyEnvelope, { maxLength: 6 }), async (envelopes) => {
      const { connection, socket, store } = await mount({ title: "a" });
      const mounting = connection.mountStore({ module: "Demo.Line", id: "other" });
      socket.lastChannel.emit("patch", firstPatch({ label: "untouched" }));
      const other = (await mounting).store;
      const told = vi.fn();
      other.subscribe(told);
      const snapshot = other.snapshot();
      store.subscribe(() => void store.snapshot());

      for (const envelope of envelopes) {
        const [channel] = socket.channels.filter(({ topic, left }) => /main$/.test(topic) && left === 0);
        channel?.emit("patch", structuredClone(envelope));
        channel?.joinPush.reply("ok", structuredClone(envelope));
      }
      void store.snapshot();
      void JSON.stringify(store);
      expect(other.snapshot()).toBe(snapshot);
      expect(told).not.toHaveBeenCalled();
      expect(({} as any).title).toBeUndefined();
      await connection.disconnect();
    }),
    { numRuns: 300 },
  );
});
