import { COLD, warn } from "../log.js";
import { isEntry } from "./persisters.js";
import type {
  CacheOptions,
  MusubiCacheEntry,
  MusubiCachePersister,
  RootCache,
  Seedable,
} from "./types.js";

/** How old an entry may be unless the mount says otherwise, in milliseconds. */
export const DEFAULT_GC_MS = 300_000;
/** A slot is written this often at most, in milliseconds: always its latest tree. */
export const WRITE_DELAY_MS = 1000;
/** What setTimeout can be given; above it, it fires at once. */
const LONGEST_TIMER_MS = 0x7fffffff;

type Timer = ReturnType<typeof setTimeout>;

/** The place of one root identity in its persister. */
export class Slot implements RootCache {
  readonly #key: string;
  readonly #persister: MusubiCachePersister;
  readonly #gcTime: number;
  readonly #buster: string;
  readonly #initialData: unknown;
  #pending: MusubiCacheEntry | undefined;
  #updatedAt: number | undefined;
  #write: Timer | undefined;
  #eviction: Timer | undefined;
  #dropped = false;

  constructor(key: string, persister: MusubiCachePersister, options: CacheOptions) {
    this.#key = key;
    this.#persister = persister;
    this.#gcTime = options.gcTime ?? DEFAULT_GC_MS;
    this.#buster = options.buster ?? "";
    this.#initialData = options.initialData;
    if (persister.durable === true && this.#buster === "") {
      warn("a durable cache persister needs a buster: a new page may not understand old entries");
    }
  }

  async seed(root: Seedable): Promise<boolean> {
    const entry = await this.#read();
    if (entry !== undefined) return root.seed(entry.data);
    if (this.#initialData === undefined || !root.seed(this.#initialData)) return false;
    this.#put(this.#entry(this.#initialData));
    return true;
  }

  keep(tree: unknown): void {
    if (this.#dropped) return;
    this.#pending = this.#entry(tree);
    this.#write ??= setTimeout(() => this.flush(), WRITE_DELAY_MS);
  }

  release(): void {
    this.flush();
    if (this.#updatedAt === undefined || this.#dropped) return;
    const remaining = this.#updatedAt + this.#gcTime - Date.now();
    // An entry beyond the longest timer is left to the check of its age when it is read.
    if (remaining > LONGEST_TIMER_MS) return;
    this.#eviction = setTimeout(() => void this.remove(), Math.max(0, remaining));
  }

  /** Writes what is pending, now. */
  flush(): void {
    clearTimeout(this.#write);
    this.#write = undefined;
    const entry = this.#pending;
    this.#pending = undefined;
    if (entry !== undefined) this.#put(entry);
  }

  /** Stops every timer; what is stored stays. */
  stop(): void {
    clearTimeout(this.#write);
    clearTimeout(this.#eviction);
    this.#write = this.#eviction = undefined;
  }

  /** Forgets the entry, also what was about to be written, and takes no more. */
  async remove(): Promise<void> {
    this.#dropped = true;
    this.#pending = undefined;
    this.stop();
    await attempt(() => this.#persister.removeEntry(this.#key));
  }

  async #read(): Promise<MusubiCacheEntry | undefined> {
    const entry = await attempt(() => this.#persister.getEntry(this.#key), COLD);
    if (entry === undefined || this.#dropped) return undefined;
    const valid =
      isEntry(entry) &&
      entry.buster === this.#buster &&
      Date.now() - entry.updatedAt <= this.#gcTime;
    if (!valid) {
      await attempt(() => this.#persister.removeEntry(this.#key));
      return undefined;
    }
    this.#updatedAt ??= entry.updatedAt;
    return entry;
  }

  #entry(data: unknown): MusubiCacheEntry {
    return { data, updatedAt: Date.now(), buster: this.#buster };
  }

  #put(entry: MusubiCacheEntry): void {
    this.#updatedAt = entry.updatedAt;
    void attempt(() => this.#persister.setEntry(this.#key, entry));
  }
}

/** Calls a persister; its failures cost the entry and nothing else. */
export async function attempt<T>(
  call: () => T | Promise<T>,
  problem = "a cache persister failed:",
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    warn(problem, error);
    return undefined;
  }
}
