import { storeCacheKey, type MountStoreOptions, type MusubiConnection } from "@musubi/client";
import { LOADING, RootEntry, type RootView } from "./root_entry.js";

export type MountOptions = MountStoreOptions<string, any>;

/** The mounts that the components of one connection share, by module, id and params. */
export class RootMounts {
  readonly #connection: MusubiConnection<any>;
  readonly #entries = new Map<string, RootEntry>();

  constructor(connection: MusubiConnection<any>) {
    this.#connection = connection;
  }

  /** The mount under `key`, begun if there is none. */
  obtain(key: string, options: MountOptions): RootEntry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const forget = (): void => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    const entry = new RootEntry(this.#connection, options, forget);
    this.#entries.set(key, entry);
    return entry;
  }

  /** What there is to show of `key` now. */
  view(key: string): RootView {
    return this.#entries.get(key)?.view ?? LOADING;
  }

  /** Uses the mount under `key`, and calls `listener` after its changes; returns what ends both. */
  watch(key: string, options: MountOptions, unmount: boolean, listener: () => void): () => void {
    const entry = this.obtain(key, options);
    entry.retain();
    const stop = entry.onChange(listener);
    return () => {
      stop();
      entry.release(unmount);
    };
  }
}

const byConnection = new WeakMap<MusubiConnection<any>, RootMounts>();

export function rootMounts(connection: MusubiConnection<any>): RootMounts {
  let mounts = byConnection.get(connection);
  if (mounts === undefined) byConnection.set(connection, (mounts = new RootMounts(connection)));
  return mounts;
}

/** Options that are equal as values have equal keys. */
export function keyOfRoot({ module, id, params }: MountOptions): string {
  return storeCacheKey(params === undefined ? { module, id } : { module, id, params });
}
