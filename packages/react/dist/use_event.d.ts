/** What of a store an event's handler needs. */
export interface Eventful {
    handleEvent(name: string, handler: (payload: unknown) => void): () => void;
}
/** {@link Musubi.useMusubiEvent} */
export declare function useEvent(store: Eventful, name: string, handler: (payload: unknown) => void): void;
