import { type JsonPatchOp } from "./wire.js";
/**
 * Applies `ops` in order and returns the new document; `document` is left as it was, and whatever
 * no op touched is shared between the two. Throws on the first op that does not fit: a missing
 * member or index, a path through a scalar, anything but `replace` at the root.
 */
export declare function applyPatch<T = unknown>(document: T, ops: readonly JsonPatchOp[]): T;
