/** Callbacks by key. One that throws is logged and does not keep the others from being called. */
export declare class Listeners<T> {
    #private;
    /** Adds `call`, as often as it is given, and returns what takes this one addition back. */
    add(key: string, call: (value: T) => void): () => void;
    /** Calls those registered under `key` at this moment, in the order of their registration. */
    emit(key: string, value: T): void;
    clear(): void;
}
