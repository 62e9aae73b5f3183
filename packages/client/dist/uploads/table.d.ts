import { type StoreId, type UploadOp } from "../wire.js";
import { UploadHandleImpl } from "./handle.js";
import type { ExternalUploaders, UploadHost, UploadsFeature } from "./types.js";
/** The upload handles of one root, by {@link uploadStoreKey}. */
export interface UploadTable {
    readonly host: UploadHost;
    readonly uploaders: ExternalUploaders;
    readonly handles: Map<string, UploadHandleImpl>;
}
/** The text by which an upload is known in maps. */
export declare function uploadStoreKey(storeId: readonly string[], name: string): string;
/** The handle of one upload, the same one at every call. */
export declare function getUploadHandle({ host, uploaders, handles }: UploadTable, storeId: StoreId, name: string): UploadHandleImpl;
/** Applies `ops` in order and returns the keys of the stores that they named. */
export declare function applyUploadOps(table: UploadTable, ops: readonly UploadOp[]): Set<string>;
/** Drops the handles of every store that `alive` does not know, and ends their transfers. */
export declare function pruneUploads({ handles }: UploadTable, alive: {
    has(storeKey: string): boolean;
}): void;
/** Uploads for `connectWith`, with the external uploaders that stores may name. */
export declare function uploads(uploaders?: ExternalUploaders): UploadsFeature;
