import { type StreamOp } from "./wire.js";
/** An item of a stream and the key by which the server names it. */
export type StreamEntry<T = unknown> = {
    itemKey: string;
    item: T;
};
/** The entries of every stream of one root. Tables and lists are never changed in place. */
export type StreamTable = ReadonlyMap<string, readonly StreamEntry[]>;
/** The entries of one stream, in order; empty when nothing was ever inserted. */
export declare function getStream(table: StreamTable, storeId: readonly string[], name: string): readonly StreamEntry[];
/** Applies `ops` in order and returns the new table; lists that no op changed are shared. */
export declare function applyStreamOps(table: StreamTable, ops: readonly StreamOp[]): StreamTable;
/** Drops the streams of every store that `alive` does not know. */
export declare function pruneStreams(table: StreamTable, alive: {
    has(storeKey: string): boolean;
}): StreamTable;
