import { warn } from "../log.js";
import { isObject } from "../wire.js";
import type { MusubiCacheEntry, MusubiCachePersister } from "./types.js";

/** Entries in memory: gone with the page. */
export function createMemoryPersister(): MusubiCachePersister {
  const entries = new Map<string, MusubiCacheEntry>();
  return {
    durable: false,
    getEntry: (key) => entries.get(key),
    setEntry: (key, entry) => void entries.set(key, entry),
    removeEntry: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

/** What is needed of `localStorage` or `sessionStorage`; the optional part only for clearing. */
export interface StorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  readonly length?: number;
  key?(index: number): string | null;
}

/** Entries as JSON in a web storage. What cannot be read is removed; a full storage is warned about. */
export function createStorageCachePersister(
  storage: StorageLike,
  { prefix = "musubi:cache:" }: { prefix?: string } = {},
): MusubiCachePersister {
  return {
    durable: true,
    getEntry(key) {
      try {
        const text = storage.getItem(prefix + key);
        if (text === null) return undefined;
        const entry: unknown = JSON.parse(text);
        if (isEntry(entry)) return entry;
      } catch {
        // not what was written here
      }
      storage.removeItem(prefix + key);
      return undefined;
    },
    setEntry(key, entry) {
      try {
        storage.setItem(prefix + key, JSON.stringify(entry));
      } catch (error) {
        warn("a store could not be written to the cache (is the storage full?)", error);
      }
    },
    removeEntry: (key) => storage.removeItem(prefix + key),
    clear() {
      const keys = Array.from({ length: storage.length ?? 0 }, (_, index) => storage.key?.(index));
      for (const key of keys) if (key?.startsWith(prefix)) storage.removeItem(key);
    },
  };
}

/** Whether a persister gave back what it was given; it may have been anybody's. */
export function isEntry(value: unknown): value is MusubiCacheEntry {
  return (
    isObject(value) &&
    isObject(value["data"]) &&
    typeof value["updatedAt"] === "number" &&
    typeof value["buster"] === "string"
  );
}
