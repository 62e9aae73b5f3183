const awaited = new WeakMap();
/**
 * Resolves at the store's next change, with the snapshot then. Until it does, the same promise is
 * given to everybody who asks, so it may be thrown to a Suspense boundary again and again.
 */
export function nextSnapshot(store) {
    const known = awaited.get(store);
    if (known !== undefined)
        return known;
    const next = new Promise((resolve) => {
        const stop = store.subscribe(() => {
            stop();
            awaited.delete(store);
            resolve(store.snapshot());
        });
    });
    awaited.set(store, next);
    return next;
}
/**
 * Resolves with the first result of `select` that is not `undefined`: of the present snapshot
 * (`undefined` when there is none), else of that after one of the next changes. Rejects with what
 * `select` throws. Cannot be cancelled, and waits forever when the store never gets there.
 */
export function waitFor(store, select) {
    return new Promise((resolve, reject) => {
        /** Whether the wait is over. */
        const look = () => {
            try {
                const selected = select(store.snapshot());
                if (selected !== undefined)
                    resolve(selected);
                return selected !== undefined;
            }
            catch (error) {
                reject(error);
                return true;
            }
        };
        if (look())
            return;
        const stop = store.subscribe(() => {
            if (look())
                stop();
        });
    });
}
