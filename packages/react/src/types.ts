import type {
  CommandName,
  CommandPayload,
  CommandReply,
  ExternalUploaders,
  MountStoreOptions,
  MusubiCommandError,
  MusubiConnection,
  SocketLike,
  StoreModule,
  StoreProxy,
} from "@musubi/client";
import type { ReactNode } from "react";

/** Exactly one of `connection` and `socket`. */
export type MusubiProviderProps<R> = {
  children?: ReactNode;
} & (
  | {
      /** A connection that the application made, and ends. */
      connection: MusubiConnection<R>;
      socket?: undefined;
      topic?: undefined;
      uploaders?: undefined;
    }
  | {
      /** Connected while the provider is there. */
      socket: SocketLike;
      connection?: undefined;
      /** The topic under which roots are joined; `musubi:connection` if left out. */
      topic?: string | undefined;
      /** External uploaders, by the names that stores give them. */
      uploaders?: ExternalUploaders | undefined;
    }
);

/** Where a provider's handshake stands; `ready` does not say that the server is there now. */
export type MusubiConnectionStatus<R> =
  | { state: "connecting"; connection: null }
  | { state: "ready"; connection: MusubiConnection<R> }
  | { state: "error"; connection: null; error: Error };

export type UseMusubiRootSuspenseOptions<M extends StoreModule<R>, R> = MountStoreOptions<M, R> & {
  /** Whether the root is unmounted with the last component that uses it; so if left out. */
  unmountOnCleanup?: boolean;
};

export type UseMusubiRootOptions<M extends StoreModule<R>, R> = UseMusubiRootSuspenseOptions<
  M,
  R
> & {
  /**
   * Whether the root of the last render stays on the screen, with `isFetching`, while another one is
   * mounted, in place of `loading`; not if left out.
   */
  keepPreviousData?: boolean;
};

/** A root as a component sees it. */
export type MusubiRootMount<M extends StoreModule<R>, R> =
  | {
      status: "loading";
      store: null;
      error: null;
      isLive: false;
      isFetching: true;
      revalidationError: null;
    }
  | {
      status: "ready";
      store: StoreProxy<M, R>;
      error: null;
      /** Whether `store` shows the present state; not while the server's side of it is away. */
      isLive: boolean;
      /** Whether a live state is awaited behind the one shown: a cached one, or that of another root. */
      isFetching: boolean;
      /** What kept the live state from coming; the cached one stays. */
      revalidationError: Error | null;
    }
  | {
      status: "error";
      store: null;
      /** Why the root could not be mounted. It is tried anew once nobody uses it any more. */
      error: Error;
      isLive: false;
      isFetching: false;
      revalidationError: null;
    };

/** A command of a store, and what became of its latest dispatch. */
export interface MusubiCommand<M extends StoreModule<R>, K extends CommandName<M, R>, R> {
  /**
   * Sends the command; the same function for as long as store and name are the same. Rejects with
   * what {@link error} shows, so that a form can go on where it was sent.
   */
  readonly dispatch: (
    ...payload: {} extends CommandPayload<M, K, R>
      ? [payload?: CommandPayload<M, K, R>]
      : [payload: CommandPayload<M, K, R>]
  ) => Promise<CommandReply<M, K, R>>;
  readonly isPending: boolean;
  /** Also what is no reply ("Disconnected", "Store is not connected") is one of these. */
  readonly error: MusubiCommandError | null;
  /** The reply; `{}` of a command that has none. */
  readonly data: CommandReply<M, K, R> | null;
  /** Forgets the outcome, and that of a dispatch under way. */
  readonly reset: () => void;
}
