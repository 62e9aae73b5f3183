import { type StreamTable } from "./streams.js";
import { type StoreId } from "./wire.js";
/** What resolved values are made of beside the wire tree. */
export interface Sources {
    streams(): StreamTable;
    /** What stands for an upload's marker, and changes its revision with its content. */
    upload(value: Record<string, unknown>, owner: StoreId): {
        readonly revision: number;
    } | undefined;
    /** What stands for a nested store; its own resolved node if left out. */
    child?(storeId: StoreId): unknown;
}
/**
 * Turns wire values into what an application sees: stream markers into arrays of items, upload
 * markers into handles, async values into `{status, data, error}`, nested stores into what
 * {@link Sources.child} gives.
 *
 * Results are frozen and remembered by the identity of the wire value. As a patch copies exactly
 * what it touches, a result keeps its identity until an op, a stream or an upload under it changes:
 * nothing has to be invalidated. A value without markers is not copied at all.
 */
export declare class Resolver {
    #private;
    constructor(sources: Sources);
    /** Resolves a value that stands in the node of store `owner`. */
    resolve(value: unknown, owner: StoreId): unknown;
}
