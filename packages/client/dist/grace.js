/**
 * The moment between the last release of a root and its end: one macrotask, so that a re-mount in
 * the same turn (a component that is replaced, say) finds it alive.
 */
export class Grace {
    #timer;
    #done;
    /** Calls `expire` in the next macrotask unless cancelled; resolves in either case. */
    start(expire) {
        this.cancel();
        return new Promise((resolve) => {
            this.#done = resolve;
            this.#timer = setTimeout(() => {
                this.cancel();
                expire();
            }, 0);
        });
    }
    cancel() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#done?.();
        this.#done = undefined;
    }
}
