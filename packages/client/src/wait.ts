/** What the waiting helpers need of a store; every store proxy has it. */
export interface Watchable<S> {
  subscribe(listener: () => void): () => void;
  snapshot(): S | undefined;
}

const awaited = new WeakMap<object, Promise<unknown>>();

/**
 * Resolves at the store's next change, with the snapshot then. Until it does, the same promise is
 * given to everybody who asks, so it may be thrown to a Suspense boundary again and again.
 */
export function nextSnapshot<S>(store: Watchable<S>): Promise<S | undefined> {
  const known = awaited.get(store) as Promise<S | undefined> | undefined;
  if (known !== undefined) return known;
  let settled = false;
  const next = new Promise<S | undefined>((resolve) =>
    listen(store, () => {
      settled = true;
      awaited.delete(store);
      resolve(store.snapshot());
      return true;
    }),
  );
  if (!settled) awaited.set(store, next);
  return next;
}

/**
 * Resolves with the first result of `select` that is not `undefined`: of the present snapshot
 * (`undefined` when there is none), else of that after one of the next changes. Rejects with what
 * `select` throws. Cannot be cancelled, and waits forever when the store never gets there.
 */
export function waitFor<S, T>(
  store: Watchable<S>,
  select: (snapshot: S | undefined) => T | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    /** Whether the wait is over. */
    const look = (): boolean => {
      try {
        const selected = select(store.snapshot());
        if (selected !== undefined) resolve(selected);
        return selected !== undefined;
      } catch (error) {
        reject(error);
        return true;
      }
    };
    if (!look()) listen(store, look);
  });
}

/** Calls `listener` at every change until it answers that it is done, be it while it subscribes. */
function listen(store: Watchable<unknown>, listener: () => boolean): void {
  let done = false;
  let stop: (() => void) | undefined;
  stop = store.subscribe(() => {
    if (done) return;
    done = listener();
    if (done) stop?.();
  });
  if (done) stop();
}
