import type { MountedStore, StoreModule, StoreProxy, StoreSnapshot } from "@musubi/client";
import type { Session } from "./session.js";
import type { Stores } from "./stores.js";

type Module = StoreModule<Stores>;

/** What is known of a store: nothing yet, its state, or why the gateway refuses it. */
export type Known<S> =
  | { readonly kind: "loading" }
  | { readonly kind: "refused"; readonly reason: string; readonly broke: boolean }
  | { readonly kind: "state"; readonly state: S; readonly fresh: boolean };

/** How long a store may be out of date while the connection is up, in milliseconds. */
const PATIENCE = 3000;

/**
 * A root store, kept mounted while it is watched. If the gateway ends it, its last state stays, marked
 * as out of date until the gateway has sent a new one.
 */
export class LiveStore<M extends Module> {
  readonly #session: Session;
  readonly #module: M;
  readonly #id: string;
  readonly #params: Record<string, unknown>;
  readonly #listeners = new Set<() => void>();
  readonly #unfollow: () => void;
  #mounted: MountedStore<M, Stores> | undefined;
  #known: Known<StoreSnapshot<M, Stores>> = { kind: "loading" };
  #mounts = 0;
  #closed = false;
  #mounting = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session, module: M, id: string, params: Record<string, unknown> = {}) {
    this.#session = session;
    this.#module = module;
    this.#id = id;
    this.#params = params;
    this.#unfollow = session.onChange((link) => {
      // After a reconnect, the gateway may accept it. If it broke the connection before, it would do so again.
      if (link === "live" && this.#known.kind === "refused" && !this.#known.broke) this.retry();
      else this.#follow();
    });
    this.#follow();
  }

  get known(): Known<StoreSnapshot<M, Stores>> {
    return this.#known;
  }
  /** The store, to send commands to; `undefined` until there is a state. */
  get store(): StoreProxy<M, Stores> | undefined {
    return this.#mounted?.store;
  }
  /** How often the gateway has mounted this store. */
  get mounts(): number {
    return this.#mounts;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Requests a refused store again. */
  retry(): void {
    this.#become({ kind: "loading" });
    this.#follow();
  }

  close(): void {
    this.#closed = true;
    this.#unfollow();
    clearTimeout(this.#patience);
    this.#listeners.clear();
    void this.#mounted?.unmount();
  }

  #follow(): void {
    clearTimeout(this.#patience);
    if (this.#closed || this.#session.link !== "live") return;
    if (this.#mounted === undefined) {
      if (this.#known.kind !== "refused") void this.#mount();
    } else if (!this.#mounted.isLive) {
      // The client joins again by itself. If that fails, mounting it again gives the reason.
      this.#patience = setTimeout(() => void this.#remount(), PATIENCE);
    }
  }

  async #remount(): Promise<void> {
    const old = this.#mounted;
    this.#mounted = undefined;
    await old?.unmount();
    if (!this.#closed) await this.#mount();
  }

  async #mount(): Promise<void> {
    if (this.#mounting) return;
    this.#mounting = true;
    try {
      const connection = await this.#session.connection;
      const mounted = await connection.mountStore({
        module: this.#module,
        id: this.#id,
        params: this.#params,
      });
      if (this.#closed) return void mounted.unmount();
      this.#mounted = mounted;
      this.#mounts += 1;
      mounted.onLiveChange((live) => this.#turn(live));
      mounted.store.subscribe(() => this.#read());
      this.#read();
    } catch (error) {
      this.#failed(String((error as Error).message));
    } finally {
      this.#mounting = false;
    }
  }

  #failed(message: string): void {
    const [, reason] = /^Root join failed: (.*)$/.exec(message) ?? [];
    const broke = reason?.startsWith("the connection ended") ?? false;
    if (reason !== undefined) this.#become({ kind: "refused", reason, broke });
    // Any other failure is due to the connection: mount it again when the connection is back.
    else if (this.#session.link === "live") this.#patience = setTimeout(() => this.#follow(), 1000);
  }

  #turn(live: boolean): void {
    if (live) this.#mounts += 1; // the state that follows is the first one of a new runtime
    else if (this.#known.kind === "state") this.#become({ ...this.#known, fresh: false });
    if (!live) this.#follow();
  }

  #read(): void {
    const mounted = this.#mounted;
    const state = mounted?.store.snapshot();
    if (mounted === undefined || state === undefined) return;
    if (mounted.isLive) clearTimeout(this.#patience);
    this.#become({ kind: "state", state, fresh: mounted.isLive });
  }

  #become(known: Known<StoreSnapshot<M, Stores>>): void {
    if (this.#closed) return;
    this.#known = known;
    for (const listener of this.#listeners) listener();
  }
}
