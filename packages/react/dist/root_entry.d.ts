import type { MountStoreOptions, MusubiConnection } from "@musubi/client";
import type { MusubiRootMount } from "./types.js";
/** How long a root waits for the render that suspended on it to be committed, in milliseconds. */
export declare const LEASE_MS = 5000;
/**
 * How long a failure is kept for nobody but error boundaries, in milliseconds: React renders again
 * before it shows one, and a boundary that resets itself must not ask the server in a loop.
 */
export declare const FAILURE_LEASE_MS = 1000;
export type RootView = MusubiRootMount<any, any>;
export declare const LOADING: RootView;
/**
 * One mount that components share. It lasts while it has users, which are committed components. Of
 * a render that suspends React does not say whether it ever commits: such a render has a claim,
 * which lasts {@link LEASE_MS} after the mount has settled unless it is renewed or redeemed.
 */
export declare class RootEntry {
    #private;
    /** Resolves when the mount has succeeded or failed: what a render throws to wait for it. */
    readonly settled: Promise<void>;
    constructor(connection: MusubiConnection<any>, options: MountStoreOptions<string, any>, onEnd: () => void);
    /** The same object until something in it changes. */
    get view(): RootView;
    onChange(listener: () => void): () => void;
    retain(): void;
    /** Gives one use back. After the last, the root ends with the present task unless it is claimed. */
    release(unmount: boolean): void;
    /** Keeps the root for a render that may be thrown away; answers what {@link redeem} takes. */
    claim(): number;
    /** The render with that claim was committed, and no later one waits for that. */
    redeem(claim: number): void;
}
