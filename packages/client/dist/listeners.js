import { logError } from "./log.js";
/** Callbacks by key. One that throws is logged and does not keep the others from being called. */
export class Listeners {
    #byKey = new Map();
    /** Adds `call`, as often as it is given, and returns what takes this one addition back. */
    add(key, call) {
        const entry = { call };
        let entries = this.#byKey.get(key);
        if (entries === undefined)
            this.#byKey.set(key, (entries = new Set()));
        entries.add(entry);
        return () => {
            const current = this.#byKey.get(key);
            if (current?.delete(entry) && current.size === 0)
                this.#byKey.delete(key);
        };
    }
    /** Calls those registered under `key` at this moment, in the order of their registration. */
    emit(key, value) {
        for (const entry of [...(this.#byKey.get(key) ?? [])]) {
            try {
                entry.call(value);
            }
            catch (error) {
                logError("A listener threw", error);
            }
        }
    }
    clear() {
        this.#byKey.clear();
    }
}
