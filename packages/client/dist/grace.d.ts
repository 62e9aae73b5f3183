/**
 * The moment between the last release of a root and its end: one macrotask, so that a re-mount in
 * the same turn (a component that is replaced, say) finds it alive.
 */
export declare class Grace {
    #private;
    /** Calls `expire` in the next macrotask unless cancelled; resolves in either case. */
    start(expire: () => void): Promise<void>;
    cancel(): void;
}
