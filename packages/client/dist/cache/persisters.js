import { warn } from "../log.js";
import { isObject } from "../wire.js";
/** Entries in memory: gone with the page. */
export function createMemoryPersister() {
    const entries = new Map();
    return {
        durable: false,
        getEntry: (key) => entries.get(key),
        setEntry: (key, entry) => void entries.set(key, entry),
        removeEntry: (key) => void entries.delete(key),
        clear: () => entries.clear(),
    };
}
/**
 * Entries as JSON in a web storage. What cannot be read is removed; a full storage is warned about.
 * A browser that blocks site data throws at the mere name `localStorage`: give a function,
 * `() => localStorage`, and such a browser caches nothing.
 */
export function createStorageCachePersister(storage, { prefix = "musubi:cache:" } = {}) {
    const open = typeof storage === "function" ? storage : () => storage;
    const attempt = (touch) => {
        try {
            return touch(open());
        }
        catch (error) {
            warn("a store's cache could not use the storage (is it full, or blocked?)", error);
            return undefined;
        }
    };
    return {
        durable: true,
        getEntry: (key) => attempt((items) => read(items, prefix + key)),
        setEntry: (key, entry) => attempt((items) => {
            remember(items, prefix, prefix + key);
            items.setItem(prefix + key, JSON.stringify(entry));
        }),
        removeEntry: (key) => attempt((items) => items.removeItem(prefix + key)),
        clear: () => attempt((items) => {
            for (const key of keysOf(items, prefix))
                items.removeItem(key);
            items.removeItem(prefix + INDEX);
        }),
    };
}
function read(storage, key) {
    const text = storage.getItem(key);
    if (text === null)
        return undefined;
    const entry = parse(text);
    if (isEntry(entry))
        return entry;
    storage.removeItem(key);
    return undefined;
}
/** Where a storage that cannot list its keys has those that were written. */
const INDEX = "index";
function canList(storage) {
    return typeof storage.length === "number" && typeof storage.key === "function";
}
function remember(storage, prefix, key) {
    if (canList(storage))
        return;
    const keys = keysOf(storage, prefix);
    if (!keys.includes(key))
        storage.setItem(prefix + INDEX, JSON.stringify([...keys, key]));
}
function keysOf(storage, prefix) {
    const keys = canList(storage)
        ? Array.from({ length: storage.length ?? 0 }, (_, index) => storage.key?.(index))
        : parse(storage.getItem(prefix + INDEX) ?? "[]");
    const own = (key) => typeof key === "string" && key.startsWith(prefix);
    return Array.isArray(keys) ? keys.filter(own) : [];
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined; // not what was written here
    }
}
/** Whether a persister gave back what it was given; it may have been anybody's. */
export function isEntry(value) {
    return (isObject(value) &&
        isObject(value["data"]) &&
        typeof value["updatedAt"] === "number" &&
        typeof value["buster"] === "string");
}
