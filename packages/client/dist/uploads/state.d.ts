import type { UploadOp, WireUploadConfig, WireUploadEntry } from "../wire.js";
import type { UploadConfig, UploadEntry, UploadError } from "./types.js";
/** The part of an upload that the server's ops describe. */
export interface UploadState {
    readonly config: UploadConfig;
    readonly entries: readonly UploadEntry[];
    readonly errors: readonly UploadError[];
}
/** What holds until the server has sent the declaration, which its first envelope does. */
export declare const DEFAULT_CONFIG: UploadConfig;
/** The state after one op; an op about an unknown entry changes nothing. Contract 13.7. */
export declare function applyUploadOp(state: UploadState, op: UploadOp): UploadState;
/** Changes one entry, if it is there. */
export declare function change(state: UploadState, ref: string, update: (entry: UploadEntry) => UploadEntry): UploadState;
/** An entry that has got so far. One that succeeded stays so: late progress is old news. */
export declare function withProgress(entry: UploadEntry, progress: number): UploadEntry;
/** An entry that failed. The same error is noted once, whoever told it. */
export declare function failed(entry: UploadEntry, error: UploadError | undefined): UploadEntry;
export declare function configOf(wire: WireUploadConfig): UploadConfig;
export declare function entryOf(wire: WireUploadEntry): UploadEntry;
/** Adds an entry, or replaces the one of that ref. */
export declare function put(entries: readonly UploadEntry[], entry: UploadEntry): readonly UploadEntry[];
