import type { StoreModule, StoreProxy, StoreSnapshot } from "@musubi/client";
import type { Session } from "./session.js";
import type { Stores } from "./stores.js";

type Module = StoreModule<Stores>;

/** What is known of a store: nothing yet, its state, or why the gateway does not show it. */
export type Known<S> =
  | { readonly kind: "loading" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "state"; readonly state: S; readonly fresh: boolean };

/** How long a store may stay behind after the connection is back, in milliseconds. */
const PATIENCE = 3000;

/**
 * One root store, kept mounted while it is watched. Its last state stays when the connection is
 * lost, marked as no longer fresh until the gateway has sent a new one.
 */
export class LiveStore<M extends Module> {
  readonly #session: Session;
  readonly #module: M;
  readonly #id: string;
  readonly #params: Record<string, unknown>;
  readonly #listeners = new Set<() => void>();
  readonly #unfollow: () => void;
  #store: StoreProxy<M, Stores> | undefined;
  #unmount: (() => Promise<void>) | undefined;
  #known: Known<StoreSnapshot<M, Stores>> = { kind: "loading" };
  #closed = false;
  #mounting = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session, module: M, id: string, params: Record<string, unknown> = {}) {
    this.#session = session;
    this.#module = module;
    this.#id = id;
    this.#params = params;
    this.#unfollow = session.onChange(() => this.#follow());
    this.#follow();
  }

  get known(): Known<StoreSnapshot<M, Stores>> {
    return this.#known;
  }
  /** To send commands to; `undefined` until there is a state. */
  get store(): StoreProxy<M, Stores> | undefined {
    return this.#store;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#closed = true;
    this.#unfollow();
    clearTimeout(this.#patience);
    this.#listeners.clear();
    void this.#unmount?.();
  }

  #follow(): void {
    if (this.#closed) return;
    clearTimeout(this.#patience);
    if (this.#session.link !== "live") {
      if (this.#known.kind === "state") this.#become({ ...this.#known, fresh: false });
    } else if (this.#store === undefined) {
      void this.#mount();
    } else {
      // The client rejoins by itself. If nothing comes, mounting anew tells the reason.
      this.#patience = setTimeout(() => void this.#remount(), PATIENCE);
    }
  }

  async #remount(): Promise<void> {
    this.#store = undefined;
    await this.#unmount?.();
    this.#unmount = undefined;
    await this.#mount();
  }

  async #mount(): Promise<void> {
    if (this.#mounting) return;
    this.#mounting = true;
    try {
      const connection = await this.#session.connection;
      const { store, unmount } = await connection.mountStore({
        module: this.#module,
        id: this.#id,
        params: this.#params,
      });
      if (this.#closed) return void unmount();
      this.#store = store;
      this.#unmount = unmount;
      store.subscribe(() => this.#read());
      this.#read();
    } catch (error) {
      const [, reason] = /^Root join failed: (.*)$/.exec(String((error as Error).message)) ?? [];
      if (reason !== undefined) this.#become({ kind: "refused", reason });
      // Anything else is the connection's fault: mounted again when it is back.
      else if (this.#session.link === "live") this.#patience = setTimeout(() => this.#follow(), 1000);
    } finally {
      this.#mounting = false;
    }
  }

  #read(): void {
    const state = this.#store?.snapshot();
    if (state === undefined) return;
    clearTimeout(this.#patience);
    this.#become({ kind: "state", state, fresh: true });
  }

  #become(known: Known<StoreSnapshot<M, Stores>>): void {
    if (this.#closed) return;
    this.#known = known;
    for (const listener of this.#listeners) listener();
  }
}
