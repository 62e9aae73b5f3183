import { applyPatch } from "./patch.js";
import { changedStores, indexStores, type StoreIndex, type StoreNode } from "./store_index.js";
import { applyStreamOps, pruneStreams, type StreamTable } from "./streams.js";
import { storeIdKey, type ConnectionPatchEnvelope } from "./wire.js";

/** What one envelope did to the stores of a root. */
export interface Change {
  /** Keys of the stores whose subscribers are told. */
  readonly changed: Set<string>;
  /** Keys of the stores that are no longer in the tree. */
  readonly vanished: readonly string[];
}

const NO_STORES: StoreIndex = new Map();
const NO_STREAMS: StreamTable = new Map();

/** The last good state of one root: its wire tree, its streams, and the version they stand at. */
export class State {
  #tree: unknown = undefined;
  #stores: StoreIndex = NO_STORES;
  #streams: StreamTable = NO_STREAMS;
  #version = 0;

  /** The version of the last envelope applied; 0 while a first envelope is awaited. */
  get version(): number {
    return this.#version;
  }

  get streams(): StreamTable {
    return this.#streams;
  }

  /** The wire tree as the last envelope left it. */
  get tree(): unknown {
    return this.#tree;
  }

  node(storeKey: string): StoreNode | undefined {
    return this.#stores.get(storeKey);
  }

  /** The stores of the tree, by their keys. */
  get stores(): StoreIndex {
    return this.#stores;
  }

  /** Whether `envelope` continues where this state stands (contract section 13.3). */
  accepts({ base_version, version }: ConnectionPatchEnvelope): boolean {
    return base_version === this.#version && version === base_version + 1;
  }

  /** Applies an accepted envelope. Throws, with nothing changed, when one of its ops cannot be. */
  apply(envelope: ConnectionPatchEnvelope): Change {
    // A first envelope describes a new runtime: nothing of an earlier one may shine through.
    const fresh = envelope.base_version === 0;
    const tree = applyPatch(fresh ? undefined : this.#tree, envelope.ops);
    const stores = tree === this.#tree ? this.#stores : indexStores(tree);
    const before = fresh ? NO_STREAMS : this.#streams;
    const streams = pruneStreams(applyStreamOps(before, envelope.stream_ops), stores);

    const changed = changedStores(this.#stores, stores);
    for (const op of envelope.stream_ops) changed.add(storeIdKey(op.store_id));
    const vanished = [...this.#stores.keys()].filter((key) => !stores.has(key));

    this.#tree = tree;
    this.#stores = stores;
    this.#streams = streams;
    this.#version = envelope.version;
    return { changed, vanished };
  }

  /** Shows a tree of earlier times; a first envelope is awaited all the same. */
  seed(tree: unknown): void {
    this.#tree = tree;
    this.#stores = indexStores(tree);
  }

  /** Keeps everything to be shown, and awaits a first envelope. */
  suspend(): void {
    this.#version = 0;
  }

  clear(): void {
    this.#tree = undefined;
    this.#stores = NO_STORES;
    this.#streams = NO_STREAMS;
    this.#version = 0;
  }
}
