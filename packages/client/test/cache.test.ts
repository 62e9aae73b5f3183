import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  connect,
  connectWith,
  storeCacheKey,
  type CacheOptions,
  type MusubiCacheEntry,
  type MusubiCachePersister,
  type MusubiConnection,
} from "../src/index.js";
import { child, firstPatch, patch, ROOT_ID } from "./support/envelopes.js";
import { FakeSocket } from "./support/fake_socket.js";
import { accept, TARGET } from "./support/mount.js";
import type { Stores } from "./support/stores.js";

const KEY = "main|Demo.Page|null";
const NOW = 1_767_225_600_000;
const tree = (title: string) => ({ __musubi_store_id__: [], title });
const entry = (title: string, more: Partial<MusubiCacheEntry> = {}): MusubiCacheEntry => ({
  data: tree(title),
  updatedAt: NOW,
  buster: "",
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets promises run without letting time pass. */
const settled = () => vi.advanceTimersByTimeAsync(0);

/** A persister whose entries the test sees, and which notes what is done to it. */
class Drawer implements MusubiCachePersister {
  readonly entries = new Map<string, MusubiCacheEntry>();
  readonly log: string[] = [];

  constructor(readonly durable = false) {}

  getEntry(key: string) {
    return this.entries.get(key);
  }
  setEntry(key: string, value: MusubiCacheEntry) {
    this.log.push(`set ${(value.data as any).title}`);
    this.entries.set(key, value);
  }
  removeEntry(key: string) {
    this.log.push("remove");
    this.entries.delete(key);
  }
}

class Page {
  private constructor(
    readonly socket: FakeSocket,
    readonly connection: MusubiConnection<Stores>,
  ) {}

  static async open(): Promise<Page> {
    const socket = new FakeSocket();
    return new Page(socket, await connect<Stores>(socket));
  }

  mount(cache?: CacheOptions) {
    return this.connection.mountStore(cache === undefined ? TARGET : { ...TARGET, cache });
  }

  /** Mounts and lets the server answer; `title` is what it says. */
  async live(title: string, cache?: CacheOptions) {
    const mounting = this.mount(cache);
    accept(this.socket.lastChannel, { title });
    return mounting;
  }

  /** Mounts, and unmounts after the server's answer. */
  async visit(title: string, cache?: CacheOptions): Promise<void> {
    const { unmount } = await this.live(title, cache);
    const done = unmount();
    await settled();
    await done;
  }
}

describe("a mount without the cache option", () => {
  test("waits for the live state, and leaves nothing behind", async () => {
    const page = await Page.open();
    await page.visit("first");
    const mounting = page.mount();
    const told = vi.fn();
    void mounting.then(told);
    await settled();
    expect(told).not.toHaveBeenCalled();
    accept(page.socket.lastChannel, { title: "second" });
    const mounted = await mounting;
    expect([mounted.fromCache, mounted.isFetching]).toEqual([false, false]);
    await expect(mounted.revalidated).resolves.toBeUndefined();
  });
});

describe("a mount with the cache option", () => {
  test("waits for the live state when nothing is cached", async () => {
    const page = await Page.open();
    const mounting = page.mount({});
    const told = vi.fn();
    void mounting.then(told);
    await settled();
    expect(told).not.toHaveBeenCalled();
    accept(page.socket.lastChannel, { title: "live" });
    const mounted = await mounting;
    expect([mounted.fromCache, mounted.isFetching]).toEqual([false, false]);
  });

  test("shows the state of the last time at once, then the live one", async () => {
    const page = await Page.open();
    await page.visit("stale", {});
    const mounted = await page.mount({});
    expect([mounted.fromCache, mounted.isFetching]).toEqual([true, true]);
    expect(mounted.store.title).toBe("stale");
    expect(mounted.store.snapshot()).toEqual(tree("stale"));

    const told = vi.fn();
    mounted.store.subscribe(told);
    const revalidated = vi.fn();
    void mounted.revalidated.then(revalidated);
    await settled();
    expect(revalidated).not.toHaveBeenCalled();
    accept(page.socket.lastChannel, { title: "live" });
    await settled();
    expect(told).toHaveBeenCalledTimes(1);
    expect(revalidated).toHaveBeenCalledTimes(1);
    expect([mounted.store.title, mounted.fromCache, mounted.isFetching]).toEqual([
      "live",
      true,
      false,
    ]);
  });

  test("joins before it reads, so a slow persister delays nothing", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    let answer: (value: MusubiCacheEntry) => void = () => undefined;
    persister.getEntry = () => new Promise((resolve) => (answer = resolve)) as never;
    const mounting = page.mount({ persister });
    expect(page.socket.lastChannel.joins).toBe(1);
    accept(page.socket.lastChannel, { title: "live" });
    const mounted = await mounting;
    expect([mounted.fromCache, mounted.store.title]).toEqual([false, "live"]);
    answer(entry("stale"));
    await settled();
    expect(mounted.store.title).toBe("live");
  });

  test("nested stores are proxies, streams are empty and uploads idle until the live state", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    const data = {
      __musubi_store_id__: [],
      history: { __musubi_stream__: "history" },
      avatar: { __musubi_upload__: "avatar" },
      weather: { __musubi_async__: true, status: "ok", result: { sky: "blue" }, reason: null },
      lines: [child(["lines", "1"], { label: "one" })],
    };
    persister.entries.set(KEY, entry("", { data }));
    const { store } = await page.mount({ persister });
    expect(store.history).toEqual([]);
    expect((store as any).avatar.status).toBe("idle");
    expect(store.weather).toEqual({ status: "ok", data: { sky: "blue" }, error: null });
    expect(store.lines[0]?.label).toBe("one");
  });

  test("of a root that is mounted already is an alias, and never from the cache", async () => {
    const page = await Page.open();
    await page.visit("stale", {});
    const first = await page.mount({});
    const second = page.mount({});
    const told = vi.fn();
    void second.then(told);
    await settled();
    expect(told).not.toHaveBeenCalled(); // it waits for the live state
    accept(page.socket.lastChannel, { title: "live" });
    const alias = await second;
    expect([first.fromCache, alias.fromCache, alias.isFetching]).toEqual([true, false, false]);
    expect(alias.store).toBe(first.store);
  });

  test("is refused by a connection that was made without a cache", async () => {
    const connection = await connectWith<Stores>(new FakeSocket());
    await expect(connection.mountStore({ ...TARGET, cache: {} })).rejects.toThrow(
      "This connection was made without a store cache",
    );
    await expect(connection.clearStoreCache()).resolves.toBeUndefined();
  });

  test("keeps the first envelope strict: it must start at version 1", async () => {
    const page = await Page.open();
    await page.visit("stale", {});
    const mounted = await page.mount({});
    page.socket.lastChannel.emit("patch", patch(1));
    await expect(mounted.revalidated).rejects.toThrow("must start at version 1");
  });
});

describe("an entry", () => {
  test.each([
    ["older than gcTime", entry("old", { updatedAt: NOW - 1001 }), { gcTime: 1000 }],
    ["older than five minutes", entry("old", { updatedAt: NOW - 300_001 }), {}],
    ["of another buster", entry("old", { buster: "v1" }), { buster: "v2" }],
    ["that is no entry", { title: "junk" } as never, {}],
    ["without a tree", entry("", { data: null }), {}],
  ])("%s is removed, and the mount is cold", async (_what, old, options) => {
    const page = await Page.open();
    const persister = new Drawer();
    persister.entries.set(KEY, old);
    const mounting = page.mount({ persister, ...options });
    await settled();
    expect(persister.log).toEqual(["remove"]);
    accept(page.socket.lastChannel, { title: "live" });
    expect((await mounting).fromCache).toBe(false);
  });

  test("of exactly gcTime is still good", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    persister.entries.set(KEY, entry("old", { updatedAt: NOW - 1000 }));
    expect((await page.mount({ persister, gcTime: 1000 })).fromCache).toBe(true);
  });

  test("is the wire tree, when it arrived, and the buster", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.visit("live", { persister, buster: "build-41" });
    expect(persister.entries.get(KEY)).toEqual(entry("live", { buster: "build-41" }));
  });

  test("belongs to module, id and params, whatever the order of the params", () => {
    const target = { module: "Shop.Page", id: "main" };
    expect(storeCacheKey(target)).toBe("main|Shop.Page|null");
    const params = { b: 1, a: { d: [1], c: undefined } };
    const key = 'main|Shop.Page|{"a":{"d":[1]},"b":1}';
    expect(storeCacheKey({ ...target, params })).toBe(key);
    expect(storeCacheKey({ ...target, params: { a: { d: [1] }, b: 1 } })).toBe(key);
  });
});

describe("writes", () => {
  test("come at most once a second, with the latest state", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.live("1", { persister });
    const channel = page.socket.lastChannel;
    const replace = (version: number, value: string) =>
      channel.emit("patch", patch(version, { ops: [{ op: "replace", path: "/title", value }] }));
    replace(1, "2");
    await vi.advanceTimersByTimeAsync(999);
    replace(2, "3");
    expect(persister.log).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(persister.log).toEqual(["set 3"]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(persister.log).toEqual(["set 3"]);
    replace(3, "4");
    await vi.advanceTimersByTimeAsync(1000);
    expect(persister.log).toEqual(["set 3", "set 4"]);
    expect(persister.entries.get(KEY)?.updatedAt).toBe(NOW + 6000);
  });

  test("do not wait when the root is unmounted, or the connection ends", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.visit("unmounted", { persister });
    expect(persister.log).toEqual(["set unmounted"]);
    await page.live("disconnected", { persister });
    await page.connection.disconnect();
    expect(persister.log.at(-1)).toBe("set disconnected");
  });

  test("survive a reconnect", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.live("before", { persister });
    page.socket.lastChannel.emit("phx_error");
    page.socket.lastChannel.emit("patch", firstPatch({ title: "after" }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(persister.log).toEqual(["set after"]);
  });
});

describe("eviction", () => {
  test("comes when gcTime has passed since the last envelope, not since the unmount", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    const { unmount } = await page.live("x", { persister, gcTime: 10_000 });
    await vi.advanceTimersByTimeAsync(4000);
    void unmount();
    await vi.advanceTimersByTimeAsync(5999);
    expect(persister.log).toEqual(["set x"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(persister.log).toEqual(["set x", "remove"]);
  });

  test("counts from the entry's age when no live state came to renew it", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    persister.entries.set(KEY, entry("old", { updatedAt: NOW - 4000 }));
    const { unmount, revalidated } = await page.mount({ persister, gcTime: 10_000 });
    revalidated.catch(() => undefined);
    void unmount();
    await vi.advanceTimersByTimeAsync(5999);
    expect(persister.log).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(persister.log).toEqual(["remove"]);
  });

  test("is called off by another mount", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.visit("x", { persister, gcTime: 10_000 });
    await page.mount({ persister, gcTime: 10_000 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(persister.log).toEqual(["set x"]);
  });

  test("never comes for an entry that may live for ever", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.visit("x", { persister, gcTime: Infinity });
    await vi.advanceTimersByTimeAsync(1e9);
    expect(persister.log).toEqual(["set x"]);
    expect((await page.mount({ persister, gcTime: Infinity })).fromCache).toBe(true);
  });

  test("of memory comes with the end of the connection", async () => {
    const page = await Page.open();
    await page.visit("x", {});
    await page.connection.disconnect();
    const connection = await connect<Stores>(page.socket);
    const told = vi.fn();
    void connection.mountStore({ ...TARGET, cache: {} }).then(told);
    await settled();
    expect(told).not.toHaveBeenCalled();
  });

  test("leaves no timer behind when the connection ends", async () => {
    const page = await Page.open();
    await page.visit("x", {});
    await page.live("x", {});
    await page.connection.disconnect();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("initialData", () => {
  test("is shown on a miss, and written through", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    const mounted = await page.mount({ persister, initialData: tree("initial") });
    expect([mounted.fromCache, mounted.store.title]).toEqual([true, "initial"]);
    expect(persister.entries.get(KEY)).toEqual(entry("initial"));
    accept(page.socket.lastChannel, { title: "live" });
    await mounted.revalidated;
    expect(mounted.store.title).toBe("live");
  });

  test("gives way to what is cached", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    persister.entries.set(KEY, entry("cached"));
    const { store } = await page.mount({ persister, initialData: tree("initial") });
    expect([store.title, persister.log]).toEqual(["cached", []]);
  });
});

describe("while the state is stale", () => {
  async function stale() {
    const page = await Page.open();
    await page.visit("stale", {});
    const mounted = await page.mount({});
    return { page, mounted, store: mounted.store, channel: page.socket.lastChannel };
  }

  test("commands queue behind the live state, in their order", async () => {
    const { store, channel } = await stale();
    const first = store.dispatchCommand("rename", { title: "a" });
    const second = store.dispatchCommand("reset");
    await settled();
    expect(channel.pushes).toEqual([]);
    accept(channel, { title: "live" });
    await settled();
    expect(channel.pushes.map(({ payload }) => payload.name)).toEqual(["rename", "reset"]);
    channel.pushes[0]?.reply("ok", {});
    channel.pushes[1]?.reply("ok", { cleared: 1 });
    await expect(Promise.all([first, second])).resolves.toEqual([{}, { cleared: 1 }]);
  });

  test.each([
    ["a refused join", "error", { reason: "unauthorized" }, "Root join failed: unauthorized"],
    ["a join without an answer", "timeout", undefined, "Root join timed out"],
  ] as const)(
    "%s rejects what waits, and the stale state stays",
    async (_how, status, reply, message) => {
      const { mounted, store, channel, page } = await stale();
      const command = store.dispatchCommand("reset");
      const outcomes = Promise.allSettled([command, mounted.revalidated]);
      channel.joinPush.reply(status, reply);
      const reasons = (await outcomes).map(
        (outcome) => (outcome as PromiseRejectedResult).reason.message,
      );
      expect(reasons).toEqual([message, message]);
      expect([store.title, mounted.isFetching, channel.left]).toEqual(["stale", false, 1]);
      await expect(store.dispatchCommand("reset")).rejects.toThrow("Store is not connected");
      const again = page.mount({});
      expect(page.socket.lastChannel).not.toBe(channel);
      expect((await again).fromCache).toBe(true);
    },
  );

  test("a connection that drops changes nothing: what waits waits on", async () => {
    const { mounted, store, channel } = await stale();
    const command = store.dispatchCommand("reset");
    channel.emit("phx_error");
    await settled();
    expect([store.title, mounted.isFetching]).toEqual(["stale", true]);
    accept(channel, { title: "live" });
    await settled();
    channel.lastPush.reply("ok", { cleared: 0 });
    await expect(command).resolves.toEqual({ cleared: 0 });
  });

  test("disconnect and unmount reject what waits", async () => {
    const one = await stale();
    const command = one.store.dispatchCommand("reset");
    const outcomes = Promise.allSettled([command, one.mounted.revalidated]);
    await one.page.connection.disconnect();
    expect((await outcomes).map((o: any) => o.reason.message)).toEqual([
      "Disconnected",
      "Disconnected",
    ]);

    const two = await stale();
    const revalidated = expect(two.mounted.revalidated).rejects.toThrow("Unmounted");
    void two.mounted.unmount();
    await settled();
    await revalidated;
  });

  test("nobody who listens is not told: no rejection goes unhandled", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { page } = await stale();
    await page.connection.disconnect();
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe("clearStoreCache", () => {
  test("forgets one root, with what was about to be written", async () => {
    const page = await Page.open();
    const persister = new Drawer();
    await page.live("x", { persister });
    persister.entries.set(KEY, entry("older"));
    persister.entries.set("other", entry("other"));
    await page.connection.clearStoreCache(TARGET);
    expect([...persister.entries.keys()]).toEqual(["other"]);
    page.socket.lastChannel.emit("patch", patch(1));
    await vi.advanceTimersByTimeAsync(5000);
    await page.connection.disconnect();
    expect([...persister.entries.keys()]).toEqual(["other"]);
  });

  test("forgets all roots, of every persister that was used", async () => {
    const page = await Page.open();
    const [one, two] = [new Drawer(), Object.assign(new Drawer(), { clear: vi.fn() })];
    await page.visit("one", { persister: one });
    const other = page.connection.mountStore({
      module: "Demo.Line",
      id: "x",
      cache: { persister: two },
    });
    other.catch(() => undefined);
    await page.connection.clearStoreCache();
    expect(one.entries.size).toBe(0);
    expect(two.clear).toHaveBeenCalledTimes(1);
    await page.connection.disconnect();
    expect(one.entries.size).toBe(0);
  });

  test("forgets what is in memory", async () => {
    const page = await Page.open();
    await page.visit("x", {});
    await page.connection.clearStoreCache();
    const told = vi.fn();
    void page.mount({}).then(told);
    await settled();
    expect(told).not.toHaveBeenCalled();
  });
});

describe("a persister that fails", () => {
  test.each([
    [
      "throws",
      () => {
        throw new Error("broken");
      },
    ],
    ["rejects", () => Promise.reject(new Error("broken"))],
  ])("and %s is warned about; the mount is cold", async (_how, fail) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const page = await Page.open();
    const persister = { getEntry: fail, setEntry: fail, removeEntry: fail, clear: fail };
    const mounting = page.mount({ persister });
    await settled();
    accept(page.socket.lastChannel, { title: "live" });
    const { store, fromCache, unmount } = await mounting;
    expect([store.title, fromCache]).toEqual(["live", false]);
    void unmount();
    await vi.advanceTimersByTimeAsync(300_000);
    await page.connection.clearStoreCache();
    for (const problem of ["cache read failed; falling back to a cold mount:", "a cache persister failed:"]) {
      expect(warn).toHaveBeenCalledWith(`[musubi] ${problem}`, new Error("broken"));
    }
    expect(warn.mock.calls.length).toBeGreaterThanOrEqual(3);
  });

  test("and is durable without a buster is warned about while it works", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const page = await Page.open();
    void page.mount({ persister: new Drawer(true), buster: "build-41" });
    expect(warn).not.toHaveBeenCalled();
    void page.connection.mountStore({
      module: "Demo.Line",
      id: "x",
      cache: { persister: new Drawer(true) },
    });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("needs a buster"));
  });
});

test("the root id of a cached mount is checked like any other", async () => {
  const page = await Page.open();
  await page.visit("stale", {});
  const { revalidated } = await page.mount({});
  page.socket.lastChannel.joinPush.reply("ok", { root_id: `${ROOT_ID}x` });
  await expect(revalidated).rejects.toThrow("unexpected root_id");
});
