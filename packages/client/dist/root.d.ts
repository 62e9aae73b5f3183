import type { BuildWatch } from "./build.js";
import type { RootCache, Seedable } from "./cache/types.js";
import type { Joins } from "./joins.js";
import { type ProxyHost } from "./proxy.js";
import type { SocketLike } from "./transport.js";
import type { UploadsFeature } from "./uploads/types.js";
import { type StoreId } from "./wire.js";
/** What a root needs of the connection that it lives in. */
export interface RootOptions {
    readonly socket: SocketLike;
    readonly topic: string;
    readonly module: string;
    readonly id: string;
    readonly params: object;
    /** How long the first state is waited for, in milliseconds. */
    readonly timeout: number;
    readonly joins: Joins;
    readonly build: BuildWatch;
    readonly uploads: UploadsFeature | undefined;
    readonly cache: RootCache | undefined;
    /** Called when the server's side of the root is gone, for whatever reason. */
    readonly onLost: () => void;
    /** Called once, when the root has ended. */
    readonly onClosed: () => void;
}
/** One mounted root: its state, who uses it, and what happens when its channel fails. */
export declare class Root implements ProxyHost, Seedable {
    #private;
    constructor(options: RootOptions);
    /** Joins. Throws when the socket cannot even open a channel. */
    open(): void;
    get params(): object;
    /** Settles with the first patch, or with what kept it from coming. */
    get mounted(): Promise<void>;
    /** Whether a state of earlier times is shown, and the live one awaited. */
    get isStale(): boolean;
    /** Whether the server's side is there, so that what is shown is the present state. */
    get isLive(): boolean;
    /** Tells every later change of {@link isLive}; returns what stops it. */
    onLiveChange(listener: (live: boolean) => void): () => void;
    seed(tree: unknown): boolean;
    /** Counts one more user. The root stays at least until the matching {@link release}. */
    retain(): void;
    /** Counts one user less; after the last, the root ends in the next macrotask. */
    release(): Promise<void>;
    /**
     * Ends the root: whatever waits is rejected with `reason`, and the channel is left. A stale state
     * that somebody looks at may stay to be seen.
     */
    close(reason: Error, keepState?: boolean): void;
    proxy(storeId: StoreId): object;
    node(storeKey: string): Record<string, unknown> | undefined;
    member(value: unknown, storeId: StoreId): unknown;
    snapshot(storeId: StoreId): unknown;
    subscribe(storeId: StoreId, listener: () => void): () => void;
    dispatch(storeId: StoreId, name: string, payload?: object): Promise<unknown>;
    handleEvent(storeId: StoreId, name: string, handler: (payload: unknown) => void): () => void;
}
