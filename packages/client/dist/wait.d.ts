/** What the waiting helpers need of a store; every store proxy has it. */
export interface Watchable<S> {
    subscribe(listener: () => void): () => void;
    snapshot(): S | undefined;
}
/**
 * Resolves at the store's next change, with the snapshot then. Until it does, the same promise is
 * given to everybody who asks, so it may be thrown to a Suspense boundary again and again.
 */
export declare function nextSnapshot<S>(store: Watchable<S>): Promise<S | undefined>;
/**
 * Resolves with the first result of `select` that is not `undefined`: of the present snapshot
 * (`undefined` when there is none), else of that after one of the next changes. Rejects with what
 * `select` throws. Cannot be cancelled, and waits forever when the store never gets there.
 */
export declare function waitFor<S, T>(store: Watchable<S>, select: (snapshot: S | undefined) => T | undefined): Promise<T>;
