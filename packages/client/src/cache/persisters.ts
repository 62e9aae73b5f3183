import { COLD, warn } from "../log.js";
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

/**
 * Entries as JSON in a web storage. What cannot be read is removed; a full storage is warned about.
 * A browser that blocks site data throws at the mere name `localStorage`: give a function,
 * `() => localStorage`, and such a browser caches nothing. Clearing a storage without `key` removes
 * what this persister wrote; what earlier pages wrote there goes when it is read and out of date.
 */
export function createStorageCachePersister(
  storage: StorageLike | (() => StorageLike),
  { prefix = "musubi:cache:" }: { prefix?: string } = {},
): MusubiCachePersister {
  const open = typeof storage === "function" ? storage : () => storage;
  const written = new Set<string>();
  const attempt = <T>(problem: string, touch: (storage: StorageLike) => T): T | undefined => {
    try {
      return touch(open());
    } catch (error) {
      warn(problem, error);
      return undefined;
    }
  };
  return {
    durable: true,
    getEntry: (key) => attempt(COLD, (items) => read(items, prefix + key)),
    setEntry: (key, entry) =>
      attempt("cache persist failed (quota / serialization):", (items) => {
        items.setItem(prefix + key, JSON.stringify(entry));
        written.add(prefix + key);
      }),
    removeEntry: (key) =>
      attempt("a cache entry could not be removed:", (items) => {
        items.removeItem(prefix + key);
        written.delete(prefix + key);
      }),
    clear: () =>
      attempt("the cache could not be cleared:", (items) => {
        const own = (keysIn(items) ?? [...written]).filter((key) => key.startsWith(prefix));
        for (const key of own) items.removeItem(key);
        written.clear();
      }),
  };
}

function read(storage: StorageLike, key: string): MusubiCacheEntry | undefined {
  const text = storage.getItem(key);
  if (text === null) return undefined;
  const entry = parse(text);
  if (isEntry(entry)) return entry;
  storage.removeItem(key);
  return undefined;
}

/** All keys of a storage, before any is removed; `undefined` if it does not tell them. */
function keysIn(storage: StorageLike): string[] | undefined {
  if (typeof storage.key !== "function") return undefined;
  const keys: string[] = [];
  const { length = Infinity } = storage;
  while (keys.length < length) {
    const key = storage.key(keys.length);
    if (typeof key !== "string") break;
    keys.push(key);
  }
  return keys;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not what was written here
  }
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
