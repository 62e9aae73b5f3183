import { describe, expect, test, vi } from "vitest";
import { nextSnapshot, waitFor } from "../src/index.js";
import { child, patch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";

async function page() {
  const { store, channel } = await mount({
    title: "a",
    lines: [child(["lines", "1"], { qty: 1 })],
  });
  let version = 1;
  const replace = (path: string, value: unknown) =>
    channel.emit("patch", patch(version++, { ops: [{ op: "replace", path, value }] }));
  return { store, channel, replace };
}

/** A store whose subscribers can be counted. */
function countable() {
  const listeners = new Set<() => void>();
  let snapshot: { n: number } | undefined;
  return {
    listeners,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    snapshot: () => snapshot,
    become(n: number) {
      snapshot = { n };
      for (const listener of [...listeners]) listener();
    },
  };
}

/** A store that changes in the moment in which somebody subscribes. */
function talkative() {
  const store = countable();
  return {
    ...store,
    subscribe(listener: () => void) {
      const stop = store.subscribe(listener);
      store.become(1);
      return stop;
    },
  };
}

describe("nextSnapshot", () => {
  test("resolves at the next change, with the snapshot then", async () => {
    const { store, replace } = await page();
    const next = nextSnapshot(store);
    replace("/title", "b");
    expect((await next)?.title).toBe("b");
  });

  test("is one promise for everybody until it settles, then another", async () => {
    const store = countable();
    const next = nextSnapshot(store);
    expect(nextSnapshot(store)).toBe(next);
    expect(store.listeners.size).toBe(1);
    store.become(1);
    await next;
    expect(store.listeners.size).toBe(0);
    expect(nextSnapshot(store)).not.toBe(next);
  });

  test("of a store that tells while it is subscribed is over at once, and not given again", async () => {
    const store = talkative();
    const next = nextSnapshot(store);
    expect(await next).toEqual({ n: 1 });
    expect(store.listeners.size).toBe(0);
    expect(nextSnapshot(store)).not.toBe(next);
  });

  test("of a store waits for that store's changes", async () => {
    const { store, replace } = await page();
    const told = vi.fn();
    void nextSnapshot(store.lines[0]!).then(told);
    replace("/title", "b");
    await Promise.resolve();
    expect(told).not.toHaveBeenCalled();
    replace("/lines/0/qty", 2);
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith(expect.objectContaining({ qty: 2 })));
  });
});

describe("waitFor", () => {
  test("is over when the store tells while it is subscribed", async () => {
    const store = talkative();
    expect(await waitFor(store, (snapshot) => snapshot?.n)).toBe(1);
    expect(store.listeners.size).toBe(0);
  });

  test("takes the present snapshot when that will do, and does not subscribe", async () => {
    const store = countable();
    store.become(7);
    await expect(waitFor(store, (snapshot) => snapshot?.n)).resolves.toBe(7);
    expect(store.listeners.size).toBe(0);
  });

  test("waits through changes that will not do", async () => {
    const { store, replace } = await page();
    const done = waitFor(store, (state) => (state?.title === "c" ? state.title : undefined));
    replace("/title", "b");
    replace("/title", "c");
    replace("/title", "d");
    await expect(done).resolves.toBe("c");
  });

  test("begins with undefined when there is no snapshot yet", async () => {
    const store = countable();
    const seen: unknown[] = [];
    const done = waitFor(store, (snapshot) => {
      seen.push(snapshot);
      return snapshot?.n;
    });
    store.become(1);
    await expect(done).resolves.toBe(1);
    expect(seen).toEqual([undefined, { n: 1 }]);
    expect(store.listeners.size).toBe(0);
  });

  test.each([null, false, 0, ""])("takes %j for a result", async (value) => {
    await expect(waitFor(countable(), () => value)).resolves.toBe(value);
  });

  test("rejects with what select throws, at once or later", async () => {
    const store = countable();
    const refuse = (n: number) => (snapshot: { n: number } | undefined) => {
      if (snapshot === undefined || snapshot.n === n) throw new Error(`not ${n}`);
      return undefined;
    };
    await expect(waitFor(store, refuse(0))).rejects.toThrow("not 0");
    store.become(1);
    const later = waitFor(store, refuse(2));
    store.become(2);
    await expect(later).rejects.toThrow("not 2");
    expect(store.listeners.size).toBe(0);
  });
});
