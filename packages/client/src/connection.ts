import { BuildWatch, type BuildChange } from "./build.js";
import type { CacheFeature, CacheOptions, CacheTarget, RootCache } from "./cache/types.js";
import { canonicalStringify } from "./canonical.js";
import { Joins } from "./joins.js";
import { warn } from "./log.js";
import { Root } from "./root.js";
import { sendable } from "./sendable.js";
import { StatusTracker, type ConnectionStatus } from "./status.js";
import type { SocketLike } from "./transport.js";
import type { StoreModule, StoreProxy } from "./types.js";
import type { UploadsFeature } from "./uploads/types.js";

export interface MountStoreOptions<M extends StoreModule<R>, R> {
  /** The root store's module, as the server declares it. */
  module: M;
  /** Names this instance; `module` and `id` together are the root's identity. */
  id: string;
  /** What the root's `mount` receives. The first mount of an identity decides. */
  params?: Record<string, unknown>;
  /**
   * How long to wait for the first state, in milliseconds, however often the connection comes and
   * goes meanwhile; one minute if left out, without end if `Infinity`. The first mount decides.
   */
  timeout?: number;
  /** Shows the state of the last time at once, if it is still known, until the live one arrives. */
  cache?: CacheOptions;
}

/** One use of a mounted root. */
export interface MountedStore<M extends StoreModule<R>, R> {
  readonly store: StoreProxy<M, R>;
  /** Whether `store` shows the present state; not while the server's side of it is away. */
  readonly isLive: boolean;
  /** Tells every later change of {@link isLive}; returns what stops it. */
  readonly onLiveChange: (listener: (live: boolean) => void) => () => void;
  /** Gives this use back, once; the last one leaves the root in the next macrotask. */
  readonly unmount: () => Promise<void>;
  /** Whether `store` showed a cached state first; never for a root that was mounted already. */
  readonly fromCache: boolean;
  /** Whether a live state is still awaited behind a cached one. */
  readonly isFetching: boolean;
  /** Settles with the live state, or with what kept it from coming; already, if nothing was cached. */
  readonly revalidated: Promise<void>;
}

/** How long a mount waits for its first state unless it says otherwise, in milliseconds. */
export const MOUNT_TIMEOUT_MS = 60_000;

/** A socket's roots. `R` is the generated registry of stores, usually `Musubi.Stores`. */
export interface MusubiConnection<R> {
  /** Mounts a root, or shares the one already mounted under the same module and id. */
  mountStore<M extends StoreModule<R>>(
    options: MountStoreOptions<M, R>,
  ): Promise<MountedStore<M, R>>;
  /** Forgets one root's cached state, or all of them. A mounted root is not cached again. */
  clearStoreCache(target?: CacheTarget): Promise<void>;
  status(): ConnectionStatus;
  /** Tells every later change of {@link status}; returns what stops it. */
  onStatusChange(listener: (status: ConnectionStatus) => void): () => void;
  /** Tells that the server now runs another build than when this page first joined. */
  onBuildChange(listener: (change: BuildChange) => void): () => void;
  /** What {@link onBuildChange} told last; the same object until the next change. */
  buildChange(): BuildChange | undefined;
  /** Leaves every root and rejects what is pending; the socket stays as it is. */
  disconnect(): Promise<void>;
}

/** What a connection can do beyond showing state and sending commands. */
export interface Features {
  readonly uploads: UploadsFeature | undefined;
  readonly cache: CacheFeature | undefined;
}

/** The state behind every `connect` of one socket and topic. */
export class Connection {
  readonly #socket: SocketLike;
  readonly #topic: string;
  readonly #features: Features;
  readonly #onClosed: () => void;
  readonly #roots = new Map<string, Root>();
  readonly #status: StatusTracker;
  readonly #joins: Joins;
  readonly #build = new BuildWatch();
  #closed = false;

  constructor(socket: SocketLike, topic: string, features: Features, onClosed: () => void) {
    this.#socket = socket;
    this.#topic = topic;
    this.#features = features;
    this.#onClosed = onClosed;
    this.#joins = new Joins(socket);
    this.#status = new StatusTracker(socket, () => this.#joins.opened());
  }

  async mountStore(options: MountStoreOptions<string, any>): Promise<MountedStore<never, unknown>> {
    if (this.#closed) throw new Error("Disconnected");
    const { root, cache } = this.#retainRoot(options);
    const live = root.mounted.then(() => false);
    // The join is under way already: a slow cache delays what it shows, and nothing else.
    const fromCache = await (cache === undefined
      ? live
      : Promise.race([live, cache.seed(root).then((seeded) => seeded || live)]));
    let released: Promise<void> | undefined;
    return {
      store: root.proxy([]) as never,
      get isLive() {
        return root.isLive;
      },
      onLiveChange: (listener) => root.onLiveChange(listener),
      unmount: () => (released ??= root.release()),
      fromCache,
      get isFetching() {
        return fromCache && root.isStale;
      },
      revalidated: fromCache ? root.mounted : Promise.resolve(),
    };
  }

  async clearStoreCache(target?: CacheTarget): Promise<void> {
    await this.#features.cache?.clear(target);
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

  buildChange(): BuildChange | undefined {
    return this.#build.change;
  }

  async disconnect(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClosed();
    this.#status.detach();
    this.#build.detach();
    for (const root of [...this.#roots.values()]) root.close(new Error("Disconnected"));
    this.#features.cache?.close();
  }

  #retainRoot(options: MountStoreOptions<string, any>): { root: Root; cache?: RootCache | undefined } {
    const { timeout = MOUNT_TIMEOUT_MS } = options;
    const { module, id, params } = sendable({
      module: options.module,
      id: options.id,
      params: options.params ?? {},
    });
    const rootId = `${module}:${id}`;
    const shared = this.#roots.get(rootId);
    if (shared !== undefined) {
      shared.retain();
      if (canonicalStringify(shared.params) !== canonicalStringify(params)) {
        warn(`${rootId} is already mounted with other params, which stay in force`);
      }
      return { root: shared };
    }
    const cache = options.cache && this.#cache.attach(options, options.cache);
    const root = new Root({
      socket: this.#socket,
      topic: `${this.#topic}:${rootId}`,
      module,
      id,
      params,
      timeout,
      joins: this.#joins,
      build: this.#build,
      uploads: this.#features.uploads,
      cache,
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
    return { root, cache };
  }

  get #cache(): CacheFeature {
    const { cache } = this.#features;
    if (cache === undefined) throw new Error("This connection was made without a store cache");
    return cache;
  }
}
