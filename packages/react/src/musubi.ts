import type {
  AsyncResult,
  BuildChange,
  CommandName,
  ConnectionStatus,
  ConnectOptions,
  EventName,
  EventPayload,
  MusubiConnection,
  SocketLike,
  StoreModule,
  StoreProxy,
  Watchable,
} from "@musubi/client";
import type { ReactNode } from "react";
import type {
  MusubiCommand,
  MusubiConnectionStatus,
  MusubiProviderProps,
  MusubiRootMount,
  UseMusubiRootOptions,
  UseMusubiRootSuspenseOptions,
} from "./types.js";

/** What `createMusubi` gives, bound to one registry of stores. */
export interface Musubi<R> {
  /** The client's `connect`. */
  connect(socket: SocketLike, options?: ConnectOptions): Promise<MusubiConnection<R>>;

  /**
   * Gives its connection to the hooks below. With `socket` it connects once it is shown, and
   * disconnects once it is gone (the socket itself stays as it is).
   */
  MusubiProvider(props: MusubiProviderProps<R>): ReactNode;

  /** The connection. Throws outside a provider, and where it is not ready. */
  useMusubiConnection(): MusubiConnection<R>;

  /** The handshake: of a provider with `socket` it is to be looked at before a root is mounted. */
  useMusubiConnectionStatus(): MusubiConnectionStatus<R>;

  /** Whether the socket is open, live: `connecting`, `ready` or `reconnecting`. */
  useMusubiStatus(): ConnectionStatus;

  /** The builds of the server's program, once it is another than when this page first joined. */
  useMusubiBuildChange(): BuildChange | null;

  /**
   * Mounts a root for as long as the component is there. Components with equal options share one
   * mount; the last one to go unmounts it, unless another takes its place in the same commit.
   */
  useMusubiRoot<M extends StoreModule<R>>(
    options: UseMusubiRootOptions<M, R>,
  ): MusubiRootMount<M, R>;

  /**
   * The same, with Suspense: suspends while the root is mounted, throws what kept it from that. A
   * render that never commits gives the root up five seconds after its mount has settled.
   */
  useMusubiRootSuspense<M extends StoreModule<R>>(
    options: UseMusubiRootSuspenseOptions<M, R>,
  ): StoreProxy<M, R>;

  /** A store's state, after every change of it; `undefined` when the store is not in the tree. */
  useMusubiSnapshot<S>(store: Watchable<S>): S | undefined;
  /**
   * What `select` makes of it. Renders when the result is not `equal` to the last; without `equal`,
   * when one of its members is another.
   */
  useMusubiSnapshot<S, T>(
    store: Watchable<S>,
    select: (snapshot: S | undefined) => T,
    equal?: (a: T, b: T) => boolean,
  ): T;

  /** The same, never `undefined`: suspends while the store is not in the tree. */
  useMusubiSnapshotSuspense<S>(store: Watchable<S>): S;
  useMusubiSnapshotSuspense<S, T>(
    store: Watchable<S>,
    select: (snapshot: S) => T,
    equal?: (a: T, b: T) => boolean,
  ): T;

  /**
   * The data of an async value. Suspends while it is loading or not there; throws when it failed,
   * with its `error` as the cause.
   */
  useMusubiAsync<S, T>(
    store: Watchable<S>,
    select: (snapshot: S) => AsyncResult<T> | null | undefined,
  ): T;

  /** A command of a store, with what became of its latest dispatch. */
  useMusubiCommand<M extends StoreModule<R>, K extends CommandName<M, R>>(
    store: StoreProxy<M, R>,
    name: K,
  ): MusubiCommand<M, K, R>;

  /** Calls the `handler` of the latest render for every event of that name from a store. */
  useMusubiEvent<M extends StoreModule<R>, K extends EventName<M, R>>(
    store: StoreProxy<M, R>,
    name: K,
    handler: (payload: EventPayload<M, K, R>) => void,
  ): void;
}
