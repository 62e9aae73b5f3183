import { BuildWatch, type BuildChange } from "./build.js";
import { canonicalStringify } from "./canonical.js";
import { warn } from "./log.js";
import { Root } from "./root.js";
import { StatusTracker, type ConnectionStatus } from "./status.js";
import type { SocketLike } from "./transport.js";
import type { StoreModule, StoreProxy } from "./types.js";

export interface MountStoreOptions<M extends string = string> {
  /** The root store's module, as the server declares it. */
  module: M;
  /** Names this instance; `module` and `id` together are the root's identity. */
  id: string;
  /** What the root's `mount` receives. The first mount of an identity decides. */
  params?: Record<string, unknown>;
}

/** One use of a mounted root. */
export interface MountedStore<M extends StoreModule<R>, R> {
  readonly store: StoreProxy<M, R>;
  /** Gives this use back, once; the last one leaves the root in the next macrotask. */
  readonly unmount: () => Promise<void>;
  /** Whether `store` shows a cached state; this package does not cache yet, so never. */
  readonly fromCache: boolean;
  /** Whether a live state is still awaited behind a cached one. */
  readonly isFetching: boolean;
  /** Settles with the live state; already settled when nothing was cached. */
  readonly revalidated: Promise<void>;
}

/** A socket's roots. `R` is the generated registry of stores, usually `Musubi.Stores`. */
export interface MusubiConnection<R> {
  /** Mounts a root, or shares the one already mounted under the same module and id. */
  mountStore<M extends StoreModule<R>>(options: MountStoreOptions<M>): Promise<MountedStore<M, R>>;
  status(): ConnectionStatus;
  /** Tells every later change of {@link status}; returns what stops it. */
  onStatusChange(listener: (status: ConnectionStatus) => void): () => void;
  /** Tells that the server now runs another build than when this page first joined. */
  onBuildChange(listener: (change: BuildChange) => void): () => void;
  /** Leaves every root and rejects what is pending; the socket stays as it is. */
  disconnect(): Promise<void>;
}

/** The state behind every `connect` of one socket and topic. */
export class Connection {
  readonly #socket: SocketLike;
  readonly #topic: string;
  readonly #onClosed: () => void;
  readonly #roots = new Map<string, Root>();
  readonly #status: StatusTracker;
  readonly #build = new BuildWatch();
  #closed = false;

  constructor(socket: SocketLike, topic: string, onClosed: () => void) {
    this.#socket = socket;
    this.#topic = topic;
    this.#onClosed = onClosed;
    this.#status = new StatusTracker(socket);
  }

  async mountStore(options: MountStoreOptions): Promise<MountedStore<never, unknown>> {
    if (this.#closed) throw new Error("Disconnected");
    const root = this.#retainRoot(options);
    await root.mounted;
    let released: Promise<void> | undefined;
    return {
      store: root.proxy([]) as never,
      unmount: () => (released ??= root.release()),
      fromCache: false,
      isFetching: false,
      revalidated: Promise.resolve(),
    };
  }

  status(): ConnectionStatus {
    return this.#status.current;
  }

  onStatusChange(listener: (status: ConnectionStatus) => void): () => void {
    return this.#status.onChange(listener);
  }

  onBuildChange(listener: (change: BuildChange) => void): () => void {
    return this.#build.onChange(listener);
  }

  async disconnect(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed();
    this.#status.detach();
    this.#build.detach();
    for (const root of [...this.#roots.values()]) root.close(new Error("Disconnected"));
  }

  #retainRoot({ module, id, params = {} }: MountStoreOptions): Root {
    const rootId = `${module}:${id}`;
    const shared = this.#roots.get(rootId);
    if (shared !== undefined) {
      shared.retain();
      if (canonicalStringify(shared.params) !== canonicalStringify(params)) {
        warn(`${rootId} is already mounted with other params, which stay in force`);
      }
      return shared;
    }
    const root = new Root({
      socket: this.#socket,
      topic: `${this.#topic}:${rootId}`,
      module,
      id,
      params,
      build: this.#build,
      onLost: () => this.#status.check(),
      onClosed: () => this.#roots.delete(rootId),
    });
    this.#roots.set(rootId, root);
    root.retain();
    try {
      root.open();
    } catch (error) {
      root.close(error instanceof Error ? error : new Error(String(error)));
    }
    return root;
  }
}
