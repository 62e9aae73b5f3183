import { COLD, warn } from "../log.js";
import { isEntry } from "./persisters.js";
/** How old an entry may be unless the mount says otherwise, in milliseconds. */
export const DEFAULT_GC_MS = 300_000;
/** A slot is written this often at most, in milliseconds: always its latest tree. */
export const WRITE_DELAY_MS = 1000;
/** What setTimeout can be given; above it, it fires at once. */
const LONGEST_TIMER_MS = 0x7fffffff;
/** The place of one root identity in its persister. */
export class Slot {
    #key;
    #persister;
    #gcTime;
    #buster;
    #initialData;
    #pending;
    #updatedAt;
    #write;
    #eviction;
    #dropped = false;
    constructor(key, persister, options) {
        this.#key = key;
        this.#persister = persister;
        this.#gcTime = options.gcTime ?? DEFAULT_GC_MS;
        this.#buster = options.buster ?? "";
        this.#initialData = options.initialData;
        if (persister.durable === true && this.#buster === "") {
            warn("a durable cache persister needs a buster: a new page may not understand old entries");
        }
    }
    async seed(root) {
        const entry = await this.#read();
        if (entry !== undefined)
            return root.seed(entry.data);
        if (this.#initialData === undefined || !root.seed(this.#initialData))
            return false;
        this.#put(this.#entry(this.#initialData));
        return true;
    }
    keep(tree) {
        if (this.#dropped)
            return;
        this.#pending = this.#entry(tree);
        this.#write ??= setTimeout(() => this.flush(), WRITE_DELAY_MS);
    }
    release() {
        this.flush();
        if (this.#updatedAt === undefined || this.#dropped)
            return;
        const remaining = this.#updatedAt + this.#gcTime - Date.now();
        // An entry beyond the longest timer is left to the check of its age when it is read.
        if (remaining > LONGEST_TIMER_MS)
            return;
        this.#eviction = setTimeout(() => void this.remove(), Math.max(0, remaining));
    }
    /** Writes what is pending, now. */
    flush() {
        clearTimeout(this.#write);
        this.#write = undefined;
        const entry = this.#pending;
        this.#pending = undefined;
        if (entry !== undefined)
            this.#put(entry);
    }
    /** Stops every timer; what is stored stays. */
    stop() {
        clearTimeout(this.#write);
        clearTimeout(this.#eviction);
        this.#write = this.#eviction = undefined;
    }
    /** Forgets the entry, also what was about to be written, and takes no more. */
    async remove() {
        this.#dropped = true;
        this.#pending = undefined;
        this.stop();
        await attempt(() => this.#persister.removeEntry(this.#key));
    }
    async #read() {
        const entry = await attempt(() => this.#persister.getEntry(this.#key), COLD);
        if (entry === undefined || this.#dropped)
            return undefined;
        const valid = isEntry(entry) &&
            entry.buster === this.#buster &&
            Date.now() - entry.updatedAt <= this.#gcTime;
        if (!valid) {
            await attempt(() => this.#persister.removeEntry(this.#key));
            return undefined;
        }
        this.#updatedAt ??= entry.updatedAt;
        return entry;
    }
    #entry(data) {
        return { data, updatedAt: Date.now(), buster: this.#buster };
    }
    #put(entry) {
        this.#updatedAt = entry.updatedAt;
        void attempt(() => this.#persister.setEntry(this.#key, entry));
    }
}
/** Calls a persister; its failures cost the entry and nothing else. */
export async function attempt(call, problem = "a cache persister failed:") {
    try {
        return await call();
    }
    catch (error) {
        warn(problem, error);
        return undefined;
    }
}
