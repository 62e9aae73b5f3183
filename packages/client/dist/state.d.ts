import { type StoreIndex, type StoreNode } from "./store_index.js";
import { type StreamTable } from "./streams.js";
import { type ConnectionPatchEnvelope } from "./wire.js";
/** What one envelope did to the stores of a root. */
export interface Change {
    /** Keys of the stores whose subscribers are told. */
    readonly changed: Set<string>;
    /** Keys of the stores that are no longer in the tree. */
    readonly vanished: readonly string[];
}
/** The last good state of one root: its wire tree, its streams, and the version they stand at. */
export declare class State {
    #private;
    /** The version of the last envelope applied; 0 while a first envelope is awaited. */
    get version(): number;
    get streams(): StreamTable;
    /** The wire tree as the last envelope left it. */
    get tree(): unknown;
    node(storeKey: string): StoreNode | undefined;
    /** The stores of the tree, by their keys. */
    get stores(): StoreIndex;
    /** Whether `envelope` continues where this state stands (contract section 13.3). */
    accepts({ base_version, version }: ConnectionPatchEnvelope): boolean;
    /** Applies an accepted envelope. Throws, with nothing changed, when one of its ops cannot be. */
    apply(envelope: ConnectionPatchEnvelope): Change;
    /** Shows a tree of earlier times; a first envelope is awaited all the same. */
    seed(tree: unknown): void;
    /** Keeps everything to be shown, and awaits a first envelope. */
    suspend(): void;
    clear(): void;
}
