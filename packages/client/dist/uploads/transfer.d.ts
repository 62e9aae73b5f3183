import { Deferred } from "../deferred.js";
import type { ChannelLike } from "../transport.js";
import type { ExternalUploader, ExternalUploaderArgs, UploadError } from "./types.js";
/** A transfer that came to no good end; `error` when the server has not said why itself. */
export declare class TransferError extends Error {
    readonly error?: UploadError | undefined;
    constructor(message: string, error?: UploadError | undefined);
}
export interface ChunkedTransfer {
    /** A channel for this entry that is not joined yet. */
    readonly channel: ChannelLike;
    readonly file: Blob;
    /** In bytes. */
    readonly chunkSize: number;
    readonly signal: AbortSignal;
}
/**
 * Sends a file over a channel of its own, chunk by chunk, each after the reply to the one before.
 * The server closes the channel after the last. An empty file is one empty chunk: the server only
 * looks whether it has everything when a chunk arrives.
 */
export declare function sendInChunks(transfer: ChunkedTransfer): Promise<void>;
/** Runs an external uploader; one that does not heed the signal is not waited for. */
export declare function sendExternally(uploader: ExternalUploader, args: ExternalUploaderArgs): Promise<void>;
/** Rejects when `signal` is aborted. */
export declare function ended(signal: AbortSignal): Deferred<never>;
