import { storeCacheKey } from "@musubi/client";
import { LOADING, RootEntry } from "./root_entry.js";
/** The mounts that the components of one connection share, by module, id and params. */
export class RootMounts {
    #connection;
    #entries = new Map();
    constructor(connection) {
        this.#connection = connection;
    }
    /** The mount under `key`, begun if there is none. */
    obtain(key, options) {
        const known = this.#entries.get(key);
        if (known !== undefined)
            return known;
        const forget = () => {
            if (this.#entries.get(key) === entry)
                this.#entries.delete(key);
        };
        const entry = new RootEntry(this.#connection, options, forget);
        this.#entries.set(key, entry);
        return entry;
    }
    /** What there is to show of `key` now. */
    view(key) {
        return this.#entries.get(key)?.view ?? LOADING;
    }
    /** Uses the mount under `key`, and calls `listener` after its changes; returns what ends both. */
    watch(key, options, unmount, listener) {
        const entry = this.obtain(key, options);
        entry.retain();
        const stop = entry.onChange(listener);
        return () => {
            stop();
            entry.release(unmount);
        };
    }
}
const byConnection = new WeakMap();
export function rootMounts(connection) {
    let mounts = byConnection.get(connection);
    if (mounts === undefined)
        byConnection.set(connection, (mounts = new RootMounts(connection)));
    return mounts;
}
/** Options that are equal as values have equal keys. */
export function keyOfRoot({ module, id, params }) {
    return storeCacheKey(params === undefined ? { module, id } : { module, id, params });
}
