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

/**
 * Entries as JSON in a web storage. What cannot be read is removed; a full storage is warned about.
 * A browser that blocks site data throws at the mere name `localStorage`: give a function,
 * `() => localStorage`, and such a browser caches nothing.
 */
export function createStorageCachePersister(
  storage: StorageLike | (() => StorageLike),
  { prefix = "musubi:cache:" }: { prefix?: string } = {},
): MusubiCachePersister {
  const open = typeof storage === "function" ? storage : () => storage;
  const attempt = <T>(touch: (storage: StorageLike) => T): T | undefined => {
    try {
      return touch(open());
    } catch (error) {
      warn("a store's cache could not use the storage (is it full, or blocked?)", error);
      return undefined;
    }
  };
  return {
    durable: true,
    getEntry: (key) => attempt((items) => read(items, prefix + key)),
    setEntry: (key, entry) =>
      attempt((items) => {
        remember(items, prefix, prefix + key);
        items.setItem(prefix + key, JSON.stringify(entry));
      }),
    removeEntry: (key) => attempt((items) => items.removeItem(prefix + key)),
    clear: () =>
      attempt((items) => {
        for (const key of keysOf(items, prefix)) items.removeItem(key);
        items.removeItem(prefix + INDEX);
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

/** Where a storage that cannot list its keys has those that were written. */
const INDEX = "index";

function canList(storage: StorageLike): boolean {
  return typeof storage.length === "number" && typeof storage.key === "function";
}

function remember(storage: StorageLike, prefix: string, key: string): void {
  if (canList(storage)) return;
  const keys = keysOf(storage, prefix);
  if (!keys.includes(key)) storage.setItem(prefix + INDEX, JSON.stringify([...keys, key]));
}

function keysOf(storage: StorageLike, prefix: string): string[] {
  const keys: unknown = canList(storage)
    ? Array.from({ length: storage.length ?? 0 }, (_, index) => storage.key?.(index))
    : parse(storage.getItem(prefix + INDEX) ?? "[]");
  const own = (key: unknown): key is string => typeof key === "string" && key.startsWith(prefix);
  return Array.isArray(keys) ? keys.filter(own) : [];
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
