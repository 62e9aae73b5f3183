import type { MountedStore, MountStoreOptions, MusubiConnection } from "@musubi/client";
import type { MusubiRootMount } from "./types.js";

/** How long a root waits for the render that suspended on it to be committed, in milliseconds. */
export const LEASE_MS = 5000;
/**
 * How long a failure is kept for nobody but error boundaries, in milliseconds: React renders again
 * before it shows one, and a boundary that resets itself must not ask the server in a loop.
 */
export const FAILURE_LEASE_MS = 1000;

type Mounted = MountedStore<any, any>;
export type RootView = MusubiRootMount<any, any>;

export const LOADING: RootView = Object.freeze({
  status: "loading",
  store: null,
  error: null,
  isLive: false,
  isFetching: true,
  revalidationError: null,
});

/**
 * One mount that components share. It lasts while it has users, which are committed components. Of
 * a render that suspends React does not say whether it ever commits: such a render has a claim,
 * which lasts {@link LEASE_MS} after the mount has settled unless it is renewed or redeemed.
 */
export class RootEntry {
  /** Resolves when the mount has succeeded or failed: what a render throws to wait for it. */
  readonly settled: Promise<void>;
  readonly #onEnd: () => void;
  readonly #listeners = new Set<() => void>();
  #view: RootView = LOADING;
  #mounted: Mounted | undefined;
  #stopFollowing: (() => void) | undefined;
  #users = 0;
  #claims = 0;
  #claimed = false;
  #lease: ReturnType<typeof setTimeout> | undefined;
  #ending: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(
    connection: MusubiConnection<any>,
    options: MountStoreOptions<string, any>,
    onEnd: () => void,
  ) {
    this.#onEnd = onEnd;
    this.settled = connection.mountStore(options).then(
      (mounted) => this.#succeed(mounted),
      (reason: unknown) => this.#fail(reason),
    );
  }

  /** The same object until something in it changes. */
  get view(): RootView {
    return this.#view;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  retain(): void {
    this.#users += 1;
    clearTimeout(this.#ending);
  }

  /** Gives one use back. After the last, the root ends with the present task unless it is claimed. */
  release(unmount: boolean): void {
    this.#users -= 1;
    if (this.#users > 0 || !unmount) return;
    if (this.#view.status === "error") this.#end(); // what comes next tries anew
    else if (!this.#claimed) this.#ending = setTimeout(() => this.#end(), 0);
  }

  /** Keeps the root for a render that may be thrown away; answers what {@link redeem} takes. */
  claim(): number {
    const renewed = !this.#claimed;
    this.#claimed = true;
    if (renewed || this.#view.status !== "error") this.#startLease();
    return ++this.#claims;
  }

  /** The render with that claim was committed, and no later one waits for that. */
  redeem(claim: number): void {
    if (claim !== this.#claims) return;
    this.#claimed = false;
    clearTimeout(this.#lease);
  }

  #startLease(): void {
    if (!this.#claimed || this.#view === LOADING) return;
    clearTimeout(this.#lease);
    const over = (): void => {
      this.#claimed = false;
      if (this.#users === 0) this.#end();
    };
    const failed = this.#view.status === "error";
    this.#lease = setTimeout(over, failed ? FAILURE_LEASE_MS : LEASE_MS);
  }

  #succeed(mounted: Mounted): void {
    if (this.#ended) return void mounted.unmount();
    this.#mounted = mounted;
    this.#show({ isFetching: mounted.fromCache });
    this.#stopFollowing = mounted.onLiveChange?.(() => this.#show({}));
    if (mounted.fromCache) {
      mounted.revalidated.then(
        () => this.#show({ isFetching: false }),
        (reason: unknown) => this.#show({ isFetching: false, revalidationError: asError(reason) }),
      );
    }
    this.#startLease();
  }

  #fail(reason: unknown): void {
    const error = asError(reason);
    this.#become({ ...LOADING, status: "error", error, isFetching: false } as RootView);
    this.#startLease();
  }

  #show(change: Partial<Pick<RootView, "isFetching" | "revalidationError">>): void {
    const { store, isLive = true } = this.#mounted as Mounted;
    this.#become({ ...this.#view, ...change, status: "ready", store, isLive } as RootView);
  }

  #become(view: RootView): void {
    this.#view = view;
    for (const listener of [...this.#listeners]) listener();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#lease);
    this.#stopFollowing?.();
    this.#onEnd();
    void this.#mounted?.unmount();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
