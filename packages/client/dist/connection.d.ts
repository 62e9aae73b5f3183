import { type BuildChange } from "./build.js";
import type { CacheFeature, CacheOptions, CacheTarget } from "./cache/types.js";
import { type ConnectionStatus } from "./status.js";
import type { SocketLike } from "./transport.js";
import type { StoreModule, StoreProxy } from "./types.js";
import type { UploadsFeature } from "./uploads/types.js";
export interface MountStoreOptions<M extends StoreModule<R>, R> {
    /** The root store's module, as the server declares it. */
    module: M;
    /** Names this instance; `module` and `id` together are the root's identity. */
    id: string;
    /** What the root's `mount` receives. The first mount of an identity decides. */
    params?: Record<string, unknown>;
    /**
     * How long to wait for the first state, in milliseconds, however often the connection comes and
     * goes meanwhile; one minute if left out, without end if `Infinity`. The first mount decides.
     */
    timeout?: number;
    /** Shows the state of the last time at once, if it is still known, until the live one arrives. */
    cache?: CacheOptions;
}
/** One use of a mounted root. */
export interface MountedStore<M extends StoreModule<R>, R> {
    readonly store: StoreProxy<M, R>;
    /** Whether `store` shows the present state; not while the server's side of it is away. */
    readonly isLive: boolean;
    /** Tells every later change of {@link isLive}; returns what stops it. */
    readonly onLiveChange: (listener: (live: boolean) => void) => () => void;
    /** Gives this use back, once; the last one leaves the root in the next macrotask. */
    readonly unmount: () => Promise<void>;
    /** Whether `store` showed a cached state first; never for a root that was mounted already. */
    readonly fromCache: boolean;
    /** Whether a live state is still awaited behind a cached one. */
    readonly isFetching: boolean;
    /** Settles with the live state, or with what kept it from coming; already, if nothing was cached. */
    readonly revalidated: Promise<void>;
}
/** How long a mount waits for its first state unless it says otherwise, in milliseconds. */
export declare const MOUNT_TIMEOUT_MS = 60000;
/** A socket's roots. `R` is the generated registry of stores, usually `Musubi.Stores`. */
export interface MusubiConnection<R> {
    /** Mounts a root, or shares the one already mounted under the same module and id. */
    mountStore<M extends StoreModule<R>>(options: MountStoreOptions<M, R>): Promise<MountedStore<M, R>>;
    /** Forgets one root's cached state, or all of them. A mounted root is not cached again. */
    clearStoreCache(target?: CacheTarget): Promise<void>;
    status(): ConnectionStatus;
    /** Tells every later change of {@link status}; returns what stops it. */
    onStatusChange(listener: (status: ConnectionStatus) => void): () => void;
    /** Tells that the server now runs another build than when this page first joined. */
    onBuildChange(listener: (change: BuildChange) => void): () => void;
    /** What {@link onBuildChange} told last; the same object until the next change. */
    buildChange(): BuildChange | undefined;
    /** Leaves every root and rejects what is pending; the socket stays as it is. */
    disconnect(): Promise<void>;
}
/** What a connection can do beyond showing state and sending commands. */
export interface Features {
    readonly uploads: UploadsFeature | undefined;
    readonly cache: CacheFeature | undefined;
}
/** The state behind every `connect` of one socket and topic. */
export declare class Connection {
    #private;
    constructor(socket: SocketLike, topic: string, features: Features, onClosed: () => void);
    mountStore(options: MountStoreOptions<string, any>): Promise<MountedStore<never, unknown>>;
    clearStoreCache(target?: CacheTarget): Promise<void>;
    status(): ConnectionStatus;
    onStatusChange(listener: (status: ConnectionStatus) => void): () => void;
    onBuildChange(listener: (change: BuildChange) => void): () => void;
    buildChange(): BuildChange | undefined;
    disconnect(): Promise<void>;
}
