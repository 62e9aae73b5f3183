import { describe, expect, test, vi } from "vitest";
import {
  createMemoryPersister,
  createStorageCachePersister,
  type StorageLike,
} from "../src/index.js";

const entry = { data: { __musubi_store_id__: [], n: 1 }, updatedAt: 5, buster: "b" };

/** As much of `localStorage` as is needed. */
class FakeStorage implements StorageLike {
  readonly items = new Map<string, string>();

  get length() {
    return this.items.size;
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    this.items.set(key, value);
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
}

describe("the persister in memory", () => {
  test("keeps, removes and clears entries, and does not claim to be durable", async () => {
    const persister = createMemoryPersister();
    expect(persister.durable).toBe(false);
    await persister.setEntry("a", entry);
    await persister.setEntry("b", entry);
    expect(await persister.getEntry("a")).toEqual(entry);
    await persister.removeEntry("a");
    expect(await persister.getEntry("a")).toBeUndefined();
    await persister.clear?.();
    expect(await persister.getEntry("b")).toBeUndefined();
  });
});

describe("the persister in a web storage", () => {
  test("writes JSON under its prefix, and reads it back", async () => {
    const storage = new FakeStorage();
    const persister = createStorageCachePersister(storage);
    await persister.setEntry("main|Shop.Page|null", entry);
    const key = "musubi:cache:main|Shop.Page|null";
    expect([...storage.items]).toEqual([[key, JSON.stringify(entry)]]);
    expect(await persister.getEntry("main|Shop.Page|null")).toEqual(entry);
    expect(persister.durable).toBe(true);
    await persister.removeEntry("main|Shop.Page|null");
    expect(storage.items.size).toBe(0);
  });

  test("takes another prefix", async () => {
    const storage = new FakeStorage();
    await createStorageCachePersister(storage, { prefix: "x:" }).setEntry("k", entry);
    expect([...storage.items.keys()]).toEqual(["x:k"]);
  });

  test("clears what is its own", async () => {
    const storage = new FakeStorage();
    const persister = createStorageCachePersister(storage);
    await persister.setEntry("a", entry);
    storage.setItem("theirs", "1");
    await persister.setEntry("b", entry);
    await persister.clear?.();
    expect([...storage.items.keys()]).toEqual(["theirs"]);
  });

  test("clears what is its own of a storage that lists keys without telling how many", async () => {
    const items = new FakeStorage();
    items.setItem("musubi:cache:of an earlier page", "{}");
    items.setItem("theirs", "1");
    const persister = createStorageCachePersister({
      getItem: (key) => items.getItem(key),
      setItem: (key, value) => items.setItem(key, value),
      removeItem: (key) => items.removeItem(key),
      key: (index) => items.key(index),
    });
    await persister.setEntry("a", entry);
    await persister.clear?.();
    expect([...items.items.keys()]).toEqual(["theirs"]);
  });

  test("of a storage that cannot list its keys clears what it wrote, and writes nothing else", async () => {
    const items = new FakeStorage();
    const persister = createStorageCachePersister({
      getItem: (key) => items.getItem(key),
      setItem: (key, value) => items.setItem(key, value),
      removeItem: (key) => items.removeItem(key),
    });
    items.setItem("theirs", "1");
    await persister.setEntry("a", entry);
    await persister.setEntry("b", entry);
    await persister.removeEntry("b");
    expect([...items.items.keys()]).toEqual(["theirs", "musubi:cache:a"]);
    await persister.clear?.();
    expect([...items.items.keys()]).toEqual(["theirs"]);
  });

  test("of a browser that blocks site data keeps nothing, whatever is touched", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const blocked = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    const throwing = new Proxy({} as StorageLike, { get: blocked });
    for (const persister of [
      createStorageCachePersister(blocked),
      createStorageCachePersister(() => throwing),
      createStorageCachePersister(throwing),
    ]) {
      await persister.setEntry("a", entry);
      expect(await persister.getEntry("a")).toBeUndefined();
      await persister.removeEntry("a");
      await persister.clear?.();
    }
    expect(warn).toHaveBeenCalled();
  });

  test.each(["{", "null", "[]", '{"data":1}', '{"data":{},"updatedAt":"x","buster":""}'])(
    "removes what it cannot have written: %s",
    async (text) => {
      const storage = new FakeStorage();
      storage.setItem("musubi:cache:k", text);
      expect(await createStorageCachePersister(storage).getEntry("k")).toBeUndefined();
      expect(storage.items.size).toBe(0);
    },
  );

  test("warns when the storage is full, and goes on", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const storage = new FakeStorage();
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    await createStorageCachePersister(storage).setEntry("k", entry);
    expect(warn).toHaveBeenCalledWith(
      "[musubi] cache persist failed (quota / serialization):",
      expect.anything(),
    );
  });
});
