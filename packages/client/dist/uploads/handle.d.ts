import type { StoreId, UploadOp } from "../wire.js";
import type { ExternalUploaders, UploadConfig, UploadEntry, UploadError, UploadHandle, UploadHost, UploadStatus } from "./types.js";
/** The state of one upload and its conversation with the server; {@link Transfers} send the files. */
export declare class UploadHandleImpl implements UploadHandle {
    #private;
    constructor(host: UploadHost, uploaders: ExternalUploaders, storeId: StoreId, name: string);
    /** Grows with every change: what was made of an older one is out of date. */
    get revision(): number;
    get config(): UploadConfig;
    get status(): UploadStatus;
    get entries(): readonly UploadEntry[];
    get errors(): readonly UploadError[];
    get progress(): number;
    get isIdle(): boolean;
    get isSelecting(): boolean;
    get isUploading(): boolean;
    get isSuccess(): boolean;
    get isError(): boolean;
    get isCancelled(): boolean;
    select(files: ArrayLike<File>): Promise<readonly UploadEntry[]>;
    start(): Promise<void>;
    cancel(ref?: string): Promise<void>;
    reset(): Promise<void>;
    readonly subscribe: (listener: () => void) => (() => void);
    /** Applies one op of an envelope; the root tells its subscribers. */
    applyOp(op: UploadOp): void;
    /** Back to `idle`, without entries and errors. Returns nothing to the server. */
    clear(): void;
    /** Ends every transfer as failed. */
    abort(): void;
}
