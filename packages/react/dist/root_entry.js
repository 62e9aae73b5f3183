/** How long a root waits for the render that suspended on it to be committed, in milliseconds. */
export const LEASE_MS = 5000;
/**
 * How long a failure is kept for nobody but error boundaries, in milliseconds: React renders again
 * before it shows one, and a boundary that resets itself must not ask the server in a loop.
 */
export const FAILURE_LEASE_MS = 1000;
export const LOADING = Object.freeze({
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
    settled;
    #onEnd;
    #listeners = new Set();
    #view = LOADING;
    #mounted;
    #stopFollowing;
    #users = 0;
    #claims = 0;
    #claimed = false;
    #lease;
    #ending;
    #ended = false;
    constructor(connection, options, onEnd) {
        this.#onEnd = onEnd;
        this.settled = connection.mountStore(options).then((mounted) => this.#succeed(mounted), (reason) => this.#fail(reason));
    }
    /** The same object until something in it changes. */
    get view() {
        return this.#view;
    }
    onChange(listener) {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }
    retain() {
        this.#users += 1;
        clearTimeout(this.#ending);
    }
    /** Gives one use back. After the last, the root ends with the present task unless it is claimed. */
    release(unmount) {
        this.#users -= 1;
        if (this.#users > 0 || !unmount)
            return;
        if (this.#view.status === "error")
            this.#end(); // what comes next tries anew
        else if (!this.#claimed)
            this.#ending = setTimeout(() => this.#end(), 0);
    }
    /** Keeps the root for a render that may be thrown away; answers what {@link redeem} takes. */
    claim() {
        const renewed = !this.#claimed;
        this.#claimed = true;
        if (renewed || this.#view.status !== "error")
            this.#startLease();
        return ++this.#claims;
    }
    /** The render with that claim was committed, and no later one waits for that. */
    redeem(claim) {
        if (claim !== this.#claims)
            return;
        this.#claimed = false;
        clearTimeout(this.#lease);
    }
    #startLease() {
        if (!this.#claimed || this.#view === LOADING)
            return;
        clearTimeout(this.#lease);
        const over = () => {
            this.#claimed = false;
            if (this.#users === 0)
                this.#end();
        };
        const failed = this.#view.status === "error";
        this.#lease = setTimeout(over, failed ? FAILURE_LEASE_MS : LEASE_MS);
    }
    #succeed(mounted) {
        if (this.#ended)
            return void mounted.unmount();
        this.#mounted = mounted;
        this.#show({ isFetching: mounted.fromCache });
        this.#stopFollowing = mounted.onLiveChange?.(() => this.#show({}));
        if (mounted.fromCache) {
            mounted.revalidated.then(() => this.#show({ isFetching: false }), (reason) => this.#show({ isFetching: false, revalidationError: asError(reason) }));
        }
        this.#startLease();
    }
    #fail(reason) {
        const error = asError(reason);
        this.#become({ ...LOADING, status: "error", error, isFetching: false });
        this.#startLease();
    }
    #show(change) {
        const { store, isLive = true } = this.#mounted;
        this.#become({ ...this.#view, ...change, status: "ready", store, isLive });
    }
    #become(view) {
        this.#view = view;
        for (const listener of [...this.#listeners])
            listener();
    }
    #end() {
        if (this.#ended)
            return;
        this.#ended = true;
        clearTimeout(this.#lease);
        this.#stopFollowing?.();
        this.#onEnd();
        void this.#mounted?.unmount();
    }
}
function asError(reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
}
