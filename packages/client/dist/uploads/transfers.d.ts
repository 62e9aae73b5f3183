import type { ExternalUploaders, UploadEntry, UploadError, UploadHost, UploadStatus } from "./types.js";
/** How the server wants an accepted file: over a channel of its own, or by an external uploader. */
export type Ticket = {
    type: "channel";
    entry_ref: string;
    token: string;
} | {
    type: "external";
    entry_ref: string;
    uploader: string;
    meta: unknown;
};
/** The upload that transfers belong to. */
export interface TransfersOwner {
    readonly uploaders: ExternalUploaders;
    /** In bytes. */
    chunkSize(): number;
    entry(ref: string): UploadEntry | undefined;
    openChannel: UploadHost["openChannel"];
    /** Pushes on the root's channel about this upload. */
    request(event: string, rest: object): Promise<unknown>;
    done(ref: string): void;
    /** `error` is absent when the server tells it. */
    failed(ref: string, error: UploadError | undefined): void;
    /** Nothing is under way any more. */
    ended(outcome: UploadStatus): void;
}
/** How long the server may take to complete a file of which it has every chunk, in milliseconds. */
export declare const COMPLETION_MS = 30000;
/** The files of one upload: those that wait for `start`, and those under way. */
export declare class Transfers {
    #private;
    constructor(owner: TransfersOwner);
    get areRunning(): boolean;
    add(file: File, ticket: Ticket): void;
    /** Sends all that wait; `undefined` when nothing does. Never rejects. */
    start(): Promise<unknown> | undefined;
    /** The server has the whole of one file. */
    complete(ref: string): void;
    /** Gives up one file. */
    cancel(ref: string): void;
    /** Ends one transfer as failed. */
    fail(ref: string): void;
    /** Ends every transfer as failed. */
    failAll(): void;
    /** Gives up everything, and tells nothing of it. */
    clear(): void;
}
