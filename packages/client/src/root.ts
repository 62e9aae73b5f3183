import type { BuildWatch } from "./build.js";
import type { RootCache, Seedable } from "./cache/types.js";
import { Commands, type Request } from "./commands.js";
import { Deferred } from "./deferred.js";
import { describeReply } from "./errors.js";
import { Grace } from "./grace.js";
import type { Joins } from "./joins.js";
import { Listeners } from "./listeners.js";
import { logError, warn } from "./log.js";
import { Proxies, type ProxyHost } from "./proxy.js";
import { Resolver, type Sources } from "./resolver.js";
import { RootChannel } from "./root_channel.js";
import { State, type Change } from "./state.js";
import type { ChannelLike, SocketLike } from "./transport.js";
import type { RootUploads, UploadsFeature } from "./uploads/types.js";
import {
  isObject,
  readEnvelope,
  storeIdKey,
  type ConnectionPatchEnvelope,
  type PushEvent,
  type StoreId,
} from "./wire.js";

/** What a root needs of the connection that it lives in. */
export interface RootOptions {
  readonly socket: SocketLike;
  readonly topic: string;
  readonly module: string;
  readonly id: string;
  readonly params: object;
  /** How long the first state is waited for, in milliseconds. */
  readonly timeout: number;
  readonly joins: Joins;
  readonly build: BuildWatch;
  readonly uploads: UploadsFeature | undefined;
  readonly cache: RootCache | undefined;
  /** Called when the server's side of the root is gone, for whatever reason. */
  readonly onLost: () => void;
  /** Called once, when the root has ended. */
  readonly onClosed: () => void;
}

/** What setTimeout can be given; above it, it fires at once. */
const LONGEST_TIMER_MS = 0x7fffffff;

/** One mounted root: its state, who uses it, and what happens when its channel fails. */
export class Root implements ProxyHost, Seedable {
  readonly #options: RootOptions;
  readonly #rootId: string;
  readonly #channel: RootChannel;
  readonly #state = new State();
  readonly #commands = new Commands();
  readonly #subscribers = new Listeners<void>();
  readonly #eventHandlers = new Listeners<unknown>();
  readonly #proxies = new Proxies(this);
  readonly #uploads: RootUploads | undefined;
  readonly #snapshots: Resolver;
  readonly #members: Resolver;
  readonly #grace = new Grace();
  readonly #firstPatch = new Deferred<void>();
  readonly #liveListeners = new Listeners<boolean>();
  #patience: ReturnType<typeof setTimeout> | undefined;
  #phase: "mounting" | "live" | "closed" = "mounting";
  #users = 0;
  #seeded = false;

  constructor(options: RootOptions) {
    const { module, id, params, socket, topic } = options;
    this.#options = options;
    this.#rootId = `${module}:${id}`;
    this.#uploads = options.uploads?.forRoot({
      connected: () => this.#pushable !== undefined,
      request: (event, storeId, name, rest) => this.#request({ event, storeId, name, rest }),
      openChannel: (topic, payload) => socket.channel(topic, payload),
      subscribe: (storeId, listener) => this.subscribe(storeId, listener),
      changed: (storeId) => this.#subscribers.emit(storeIdKey(storeId)),
    });
    const sources: Sources = {
      streams: () => this.#state.streams,
      upload: (value, owner) => this.#uploads?.find(value, owner),
    };
    this.#snapshots = new Resolver(sources);
    this.#members = new Resolver({ ...sources, child: (id) => this.#proxies.get(id) });
    this.#channel = new RootChannel(
      socket,
      topic,
      { module, id, params },
      options.joins,
      {
        joined: (reply) => this.#joined(reply),
        refused: (error) => this.#failed(error),
        lost: () => this.#lost(),
        patch: (payload) => this.#receive(payload),
      },
    );
  }

  /** Joins. Throws when the socket cannot even open a channel. */
  open(): void {
    const { timeout } = this.#options;
    if (timeout <= LONGEST_TIMER_MS) {
      const late = (): void => this.#failed(new Error("Root join timed out"));
      this.#patience = setTimeout(late, timeout);
    }
    this.#channel.open();
  }

  get params(): object {
    return this.#options.params;
  }

  /** Settles with the first patch, or with what kept it from coming. */
  get mounted(): Promise<void> {
    return this.#firstPatch.promise;
  }

  /** Whether a state of earlier times is shown, and the live one awaited. */
  get isStale(): boolean {
    return this.#seeded && this.#phase === "mounting";
  }

  /** Whether the server's side is there, so that what is shown is the present state. */
  get isLive(): boolean {
    return this.#state.version > 0;
  }

  /** Tells every later change of {@link isLive}; returns what stops it. */
  onLiveChange(listener: (live: boolean) => void): () => void {
    return this.#liveListeners.add("", listener);
  }

  seed(tree: unknown): boolean {
    if (this.#phase !== "mounting") return false;
    this.#state.seed(tree);
    this.#seeded = true;
    return true;
  }

  /** Counts one more user. The root stays at least until the matching {@link release}. */
  retain(): void {
    this.#users += 1;
    this.#grace.cancel();
  }

  /** Counts one user less; after the last, the root ends in the next macrotask. */
  release(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0 || this.#phase === "closed") return Promise.resolve();
    return this.#grace.start(() => this.close(new Error("Unmounted")));
  }

  /**
   * Ends the root: whatever waits is rejected with `reason`, and the channel is left. A stale state
   * that somebody looks at may stay to be seen.
   */
  close(reason: Error, keepState = false): void {
    if (this.#phase === "closed") return;
    this.#phase = "closed";
    this.#grace.cancel();
    clearTimeout(this.#patience);
    this.#commands.rejectAll(reason.message);
    this.#firstPatch.reject(reason);
    this.#liveListeners.clear();
    this.#subscribers.clear();
    this.#eventHandlers.clear();
    this.#uploads?.lost();
    if (!keepState) this.#state.clear();
    this.#options.cache?.release();
    this.#options.onClosed();
    this.#channel.close();
  }

  proxy(storeId: StoreId): object {
    return this.#proxies.get(storeId);
  }

  node(storeKey: string): Record<string, unknown> | undefined {
    return this.#state.node(storeKey);
  }

  member(value: unknown, storeId: StoreId): unknown {
    return this.#members.resolve(value, storeId);
  }

  snapshot(storeId: StoreId): unknown {
    return this.#snapshots.resolve(this.#state.node(storeIdKey(storeId)), storeId);
  }

  subscribe(storeId: StoreId, listener: () => void): () => void {
    return this.#subscribers.add(storeIdKey(storeId), listener);
  }

  dispatch(storeId: StoreId, name: string, payload: object = {}): Promise<unknown> {
    if (this.isStale) return this.mounted.then(() => this.dispatch(storeId, name, payload));
    return this.#request({ event: "command", storeId, name, rest: { payload } });
  }

  handleEvent(storeId: StoreId, name: string, handler: (payload: unknown) => void): () => void {
    return this.#eventHandlers.add(eventKey(storeId, name), handler);
  }

  /** The channel, while the server has this root's runtime behind it. */
  get #pushable(): ChannelLike | undefined {
    return this.isLive ? this.#channel.current : undefined;
  }

  #request(request: Request): Promise<unknown> {
    const channel = this.#pushable;
    if (channel === undefined) return Promise.reject(new Error("Store is not connected"));
    return this.#commands.send(channel, request);
  }

  #joined(reply: unknown): void {
    const { root_id: rootId, build } = isObject(reply) ? reply : {};
    if (rootId !== undefined && rootId !== this.#rootId) {
      this.#failed(new Error(`Root join returned unexpected root_id: ${describeReply(rootId)}`));
      return;
    }
    this.#options.build.report(build);
  }

  /** A join or a first patch went wrong: the end of a mount, but not of a root that was live. */
  #failed(error: Error): void {
    if (this.#phase === "mounting") this.close(error, this.isStale);
    else logError(`${this.#rootId} could not be rebuilt, its last state is kept`, error);
  }

  /** The server's side is gone. What is shown stays; a rejoin brings a new first patch. */
  #lost(): void {
    this.#options.onLost();
    if (this.#users === 0) {
      this.close(new Error("Disconnected"));
      return;
    }
    this.#suspend("Disconnected");
  }

  #receive(payload: unknown): void {
    const envelope = readEnvelope(payload);
    if (envelope === undefined) {
      warn(`${this.#rootId} received a patch that is not an envelope`);
      return;
    }
    const first = !this.isLive;
    if (!this.#state.accepts(envelope)) {
      if (first) this.#failed(new Error("Initial patch envelope must start at version 1"));
      else this.#recover();
      return;
    }
    let change: Change;
    try {
      change = this.#apply(envelope);
    } catch (error) {
      if (first) {
        this.#failed(error instanceof Error ? error : new Error(String(error)));
      } else {
        logError(`${this.#rootId} received a patch that does not fit, and is rebuilt`, error);
        this.#recover();
      }
      return;
    }
    if (this.#phase === "mounting") this.#phase = "live";
    clearTimeout(this.#patience);
    this.#options.cache?.keep(this.#state.tree);
    this.#proxies.forget(change.vanished);
    if (first) this.#liveListeners.emit("", true);
    for (const key of change.changed) this.#subscribers.emit(key);
    for (const event of envelope.events) this.#deliver(event);
    this.#firstPatch.resolve();
  }

  #apply(envelope: ConnectionPatchEnvelope): Change {
    const change = this.#state.apply(envelope);
    const { upload_ops: ops, base_version: base } = envelope;
    const changed = this.#uploads?.apply(ops, base === 0, this.#state.stores) ?? [];
    for (const key of changed) change.changed.add(key);
    return change;
  }

  #deliver({ store_id, name, payload }: PushEvent): void {
    this.#eventHandlers.emit(eventKey(store_id, name), payload);
  }

  /** There is no resync message: a new join of the same topic starts over at version 1. */
  #recover(): void {
    this.#suspend("Version mismatch");
    this.#channel.reopen();
  }

  #suspend(reason: string): void {
    const wasLive = this.isLive;
    this.#state.suspend();
    this.#commands.rejectAll(reason);
    this.#uploads?.lost();
    if (wasLive) this.#liveListeners.emit("", false);
  }
}

function eventKey(storeId: StoreId = [], name: string): string {
  return `${storeIdKey(storeId)}\0${name}`;
}
