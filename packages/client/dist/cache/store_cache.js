import { canonicalStringify } from "../canonical.js";
import { createMemoryPersister } from "./persisters.js";
import { attempt, Slot } from "./slot.js";
/** The key of a root identity: params that are equal as values give the same. */
export function storeCacheKey({ module, id, params }) {
    return `${id}|${module}|${canonicalStringify(params)}`;
}
/** The store cache for `connectWith`: mounts that ask for it show their last state at once. */
export function storeCache() {
    return new StoreCache();
}
class StoreCache {
    #memory = createMemoryPersister();
    /** Every persister that a mount named, and the one in memory. */
    #persisters = new Set([this.#memory]);
    #slots = new Map();
    attach(target, options) {
        const key = storeCacheKey(target);
        this.#slots.get(key)?.stop(); // the one of an earlier mount, about to be evicted
        const persister = options.persister ?? this.#memory;
        this.#persisters.add(persister);
        const slot = new Slot(key, persister, options);
        this.#slots.set(key, slot);
        return slot;
    }
    async clear(target) {
        const keys = target === undefined ? [...this.#slots.keys()] : [storeCacheKey(target)];
        const removals = keys.map((key) => this.#slots.get(key)?.remove());
        for (const key of keys)
            this.#slots.delete(key);
        for (const persister of this.#persisters) {
            const clear = () => target === undefined ? persister.clear?.() : persister.removeEntry(keys[0]);
            removals.push(attempt(clear));
        }
        await Promise.all(removals);
    }
    close() {
        for (const slot of this.#slots.values()) {
            slot.flush();
            slot.stop();
        }
        this.#slots.clear();
        void this.#memory.clear?.();
    }
}
