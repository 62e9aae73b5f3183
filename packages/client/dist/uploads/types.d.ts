import type { ChannelLike } from "../transport.js";
import type { StoreId, UploadOp } from "../wire.js";
/** Where an upload as a whole stands. */
export type UploadStatus = "idle" | "selecting" | "uploading" | "success" | "error" | "cancelled";
/** Where one file of an upload stands. */
export type EntryStatus = "pending" | "uploading" | "success" | "error" | "cancelled";
/** Why a file was refused or not transferred; `message` is for people. */
export interface UploadError {
    code: "too_large" | "too_many_files" | "not_accepted" | "chunk_timeout" | "chunk_too_large" | "external_failed" | "preflight_rejected" | "internal" | (string & {});
    message: string;
}
/** One file that the server agreed to take. Frozen: a change makes a new object. */
export interface UploadEntry {
    readonly ref: string;
    readonly clientName: string;
    /** In bytes. */
    readonly clientSize: number;
    readonly clientType: string;
    /** In percent, 0 to 100. */
    readonly progress: number;
    readonly status: EntryStatus;
    readonly errors: readonly UploadError[];
    readonly isPending: boolean;
    readonly isUploading: boolean;
    readonly isSuccess: boolean;
    readonly isError: boolean;
    readonly isCancelled: boolean;
}
/** What the store declared; the sizes are bytes. */
export interface UploadConfig {
    readonly accept: readonly string[] | "any";
    readonly maxEntries: number;
    readonly maxFileSize: number;
    readonly chunkSize: number;
}
/**
 * An upload of a store, the same object for as long as the store exists. Its changes are told to
 * the store's subscribers, and give the store a new snapshot.
 */
export interface UploadHandle {
    readonly config: UploadConfig;
    readonly status: UploadStatus;
    readonly entries: readonly UploadEntry[];
    /** What was wrong with files that the server refused, or with the upload as a whole. */
    readonly errors: readonly UploadError[];
    /** The mean of the entries, in whole percent. */
    readonly progress: number;
    readonly isIdle: boolean;
    readonly isSelecting: boolean;
    readonly isUploading: boolean;
    readonly isSuccess: boolean;
    readonly isError: boolean;
    readonly isCancelled: boolean;
    /**
     * Offers files to the server, which may refuse some ({@link errors}). Resolves with all entries;
     * rejects, with status `error`, when the server could not be asked.
     */
    select(files: ArrayLike<File>): Promise<readonly UploadEntry[]>;
    /** Sends what was selected, all files at once. Never rejects: {@link status} and the entries tell. */
    start(): Promise<void>;
    /** Gives up one entry, or all of them. */
    cancel(ref?: string): Promise<void>;
    /** Gives up all entries, and starts over as `idle`. */
    reset(): Promise<void>;
    /**
     * Calls `listener` after every change of this upload, and of nothing else in its store; returns
     * what stops it. Needs no `this`, so it may be handed on.
     */
    readonly subscribe: (listener: () => void) => () => void;
}
export interface ExternalUploaderArgs {
    readonly entry: UploadEntry;
    readonly file: File;
    /** What the store's `upload_external` returned for this file. */
    readonly meta: unknown;
    /** Takes percent. */
    readonly onProgress: (percent: number) => void;
    /** Aborted when the entry is given up or the connection is lost. */
    readonly signal: AbortSignal;
}
/** Sends one file to wherever `meta` says, past the Musubi server. */
export type ExternalUploader = (args: ExternalUploaderArgs) => Promise<void>;
/** External uploaders by the name that a store's `upload_external` gives. */
export type ExternalUploaders = Readonly<Record<string, ExternalUploader>>;
/** What uploads need of the root that they belong to. */
export interface UploadHost {
    /** Whether the root is live, so that the server has upload state to talk about. */
    connected(): boolean;
    /** Pushes on the root's channel; settles with the reply. */
    request(event: string, storeId: StoreId, name: string, rest: object): Promise<unknown>;
    openChannel(topic: string, payload: object): ChannelLike;
    /** Calls `listener` after every change of a store; returns what stops it. */
    subscribe(storeId: StoreId, listener: () => void): () => void;
    /** An upload of this store changed by itself, not through an envelope. */
    changed(storeId: StoreId): void;
}
/** The uploads of one root. */
export interface RootUploads {
    /** The handle that a marker stands for; `undefined` for any other object. */
    find(value: Record<string, unknown>, owner: StoreId): (UploadHandle & {
        readonly revision: number;
    }) | undefined;
    /** Applies an envelope's ops; a `fresh` one begins anew. Returns the keys of the stores changed. */
    apply(ops: readonly UploadOp[], fresh: boolean, alive: {
        has(storeKey: string): boolean;
    }): Iterable<string>;
    /** The server's side is gone: stops every transfer. */
    lost(): void;
}
/** What `connectWith` takes for its uploads; made by `uploads()`. */
export interface UploadsFeature {
    forRoot(host: UploadHost): RootUploads;
}
