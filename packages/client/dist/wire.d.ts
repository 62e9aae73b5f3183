/** What travels on a root's channel: contract sections 4, 6, 7, 8 and 10. */
/** Where a store sits in its root's tree; the root itself is `[]`. */
export type StoreId = string[];
/** The key under which every store node carries its {@link StoreId}. */
export declare const STORE_ID_KEY: "__musubi_store_id__";
/** The only key of the constant that stands where a stream was placed. */
export declare const STREAM_MARKER_KEY: "__musubi_stream__";
/** The only key of the constant that stands where a store has an upload. */
export declare const UPLOAD_MARKER_KEY: "__musubi_upload__";
/** The key whose value `true` makes an object an async value. */
export declare const ASYNC_MARKER_KEY: "__musubi_async__";
/** The text by which a store is known in maps: its id as JSON. */
export declare function storeIdKey(storeId: readonly string[]): string;
/** The three RFC 6902 operations that a Musubi server sends. */
export type JsonPatchOp = {
    op: "add";
    path: string;
    value: unknown;
} | {
    op: "remove";
    path: string;
} | {
    op: "replace";
    path: string;
    value: unknown;
};
/** One step of a stream, whose items live in the client only. */
export type StreamOp = {
    op: "reset";
    stream: string;
    ref: string;
    store_id: StoreId;
} | {
    op: "insert";
    stream: string;
    ref: string;
    store_id: StoreId;
    item_key: string;
    at: number;
    item: unknown;
    limit: number | null;
} | {
    op: "delete";
    stream: string;
    ref: string;
    store_id: StoreId;
    item_key: string;
};
/** What an upload was declared with; sizes in bytes. */
export type WireUploadConfig = {
    accept: string[] | "any";
    max_entries: number;
    max_file_size: number;
    chunk_size: number;
};
/** One file that the server tracks; `progress` in percent. */
export type WireUploadEntry = {
    ref: string;
    client_name: string;
    client_size: number;
    client_type: string;
    progress: number;
    status: "pending" | "uploading" | "success" | "error" | "cancelled";
    errors: WireUploadError[];
};
export type WireUploadError = {
    code: string;
    message: string;
};
/** What stands in the tree for an upload. */
export type WireUploadMarker = {
    [UPLOAD_MARKER_KEY]: string;
};
/** One step of an upload, whose entries live beside the tree. */
export type UploadOp = {
    upload: string;
    store_id: StoreId;
} & ({
    op: "config";
    config: WireUploadConfig;
} | {
    op: "add";
    ref: string;
    entry: WireUploadEntry;
} | {
    op: "progress";
    ref: string;
    progress: number;
} | {
    op: "complete";
    ref: string;
} | {
    op: "error";
    ref?: string;
    error: WireUploadError;
} | {
    op: "cancel";
    ref: string;
} | {
    op: "reset";
});
/** A transient event: delivered once, never part of the state. */
export type PushEvent = {
    store_id: StoreId;
    name: string;
    payload: unknown;
};
/** One cycle of a root. */
export type PatchEnvelope = {
    type: "patch";
    base_version: number;
    version: number;
    ops: JsonPatchOp[];
    stream_ops: StreamOp[];
    upload_ops: UploadOp[];
    events: PushEvent[];
};
/** A {@link PatchEnvelope} with the root that it belongs to, as it arrives. */
export type ConnectionPatchEnvelope = PatchEnvelope & {
    root_id: string;
};
/** Why an async value failed. */
export type WireAsyncError = {
    kind: "error";
    value: unknown;
} | {
    kind: "exit";
    value: unknown;
};
/** An async value before the client renames its fields (see `AsyncResult`). */
export type WireAsyncResult<T = unknown> = {
    __musubi_async__: true;
    status: "loading";
    result: T | null;
    reason: null;
} | {
    __musubi_async__: true;
    status: "ok";
    result: T;
    reason: null;
} | {
    __musubi_async__: true;
    status: "failed";
    result: T | null;
    reason: unknown;
};
/**
 * Reads a `patch` payload; `undefined` when it is not an envelope. Servers older than uploads and
 * events leave those two lists out, and are served all the same.
 */
export declare function readEnvelope(payload: unknown): ConnectionPatchEnvelope | undefined;
/** A JSON object: not null, not an array. */
export declare function isObject(value: unknown): value is Record<string, unknown>;
/** The id of a store node; `undefined` for any other value. */
export declare function storeIdOf(value: Record<string, unknown>): StoreId | undefined;
/** The name in a stream marker (an object with exactly that one key); `undefined` otherwise. */
export declare function streamNameOf(value: Record<string, unknown>): string | undefined;
/** The name in an upload marker, which has exactly that one key too; `undefined` otherwise. */
export declare function uploadNameOf(value: Record<string, unknown>): string | undefined;
