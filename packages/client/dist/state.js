import { applyPatch } from "./patch.js";
import { changedStores, indexStores } from "./store_index.js";
import { applyStreamOps, pruneStreams } from "./streams.js";
import { storeIdKey } from "./wire.js";
const NO_STORES = new Map();
const NO_STREAMS = new Map();
/** The last good state of one root: its wire tree, its streams, and the version they stand at. */
export class State {
    #tree = undefined;
    #stores = NO_STORES;
    #streams = NO_STREAMS;
    #version = 0;
    /** The version of the last envelope applied; 0 while a first envelope is awaited. */
    get version() {
        return this.#version;
    }
    get streams() {
        return this.#streams;
    }
    /** The wire tree as the last envelope left it. */
    get tree() {
        return this.#tree;
    }
    node(storeKey) {
        return this.#stores.get(storeKey);
    }
    /** The stores of the tree, by their keys. */
    get stores() {
        return this.#stores;
    }
    /** Whether `envelope` continues where this state stands (contract section 13.3). */
    accepts({ base_version, version }) {
        return base_version === this.#version && version === base_version + 1;
    }
    /** Applies an accepted envelope. Throws, with nothing changed, when one of its ops cannot be. */
    apply(envelope) {
        // A first envelope describes a new runtime: nothing of an earlier one may shine through.
        const fresh = envelope.base_version === 0;
        const tree = applyPatch(fresh ? undefined : this.#tree, envelope.ops);
        const stores = tree === this.#tree ? this.#stores : indexStores(tree);
        const before = fresh ? NO_STREAMS : this.#streams;
        const streams = pruneStreams(applyStreamOps(before, envelope.stream_ops), stores);
        const changed = changedStores(this.#stores, stores);
        for (const op of envelope.stream_ops)
            changed.add(storeIdKey(op.store_id));
        const vanished = [...this.#stores.keys()].filter((key) => !stores.has(key));
        this.#tree = tree;
        this.#stores = stores;
        this.#streams = streams;
        this.#version = envelope.version;
        return { changed, vanished };
    }
    /** Shows a tree of earlier times; a first envelope is awaited all the same. */
    seed(tree) {
        this.#tree = tree;
        this.#stores = indexStores(tree);
    }
    /** Keeps everything to be shown, and awaits a first envelope. */
    suspend() {
        this.#version = 0;
    }
    clear() {
        this.#tree = undefined;
        this.#stores = NO_STORES;
        this.#streams = NO_STREAMS;
        this.#version = 0;
    }
}
