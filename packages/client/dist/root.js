import { Commands } from "./commands.js";
import { Deferred } from "./deferred.js";
import { describeReply } from "./errors.js";
import { Grace } from "./grace.js";
import { Listeners } from "./listeners.js";
import { logError, warn } from "./log.js";
import { Proxies } from "./proxy.js";
import { Resolver } from "./resolver.js";
import { RootChannel } from "./root_channel.js";
import { State } from "./state.js";
import { isObject, readEnvelope, storeIdKey, } from "./wire.js";
/** What setTimeout can be given; above it, it fires at once. */
const LONGEST_TIMER_MS = 0x7fffffff;
/** One mounted root: its state, who uses it, and what happens when its channel fails. */
export class Root {
    #options;
    #rootId;
    #channel;
    #state = new State();
    #commands = new Commands();
    #subscribers = new Listeners();
    #eventHandlers = new Listeners();
    #proxies = new Proxies(this);
    #uploads;
    #snapshots;
    #members;
    #grace = new Grace();
    #firstPatch = new Deferred();
    #liveListeners = new Listeners();
    #patience;
    #phase = "mounting";
    #users = 0;
    #seeded = false;
    constructor(options) {
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
        const sources = {
            streams: () => this.#state.streams,
            upload: (value, owner) => this.#uploads?.find(value, owner),
        };
        this.#snapshots = new Resolver(sources);
        this.#members = new Resolver({ ...sources, child: (id) => this.#proxies.get(id) });
        this.#channel = new RootChannel(socket, topic, { module, id, params }, options.joins, {
            joined: (reply) => this.#joined(reply),
            refused: (error) => this.#failed(error),
            lost: () => this.#lost(),
            patch: (payload) => this.#receive(payload),
        });
    }
    /** Joins. Throws when the socket cannot even open a channel. */
    open() {
        const { timeout } = this.#options;
        if (timeout <= LONGEST_TIMER_MS) {
            const late = () => this.#failed(new Error("Root join timed out"));
            this.#patience = setTimeout(late, timeout);
        }
        this.#channel.open();
    }
    get params() {
        return this.#options.params;
    }
    /** Settles with the first patch, or with what kept it from coming. */
    get mounted() {
        return this.#firstPatch.promise;
    }
    /** Whether a state of earlier times is shown, and the live one awaited. */
    get isStale() {
        return this.#seeded && this.#phase === "mounting";
    }
    /** Whether the server's side is there, so that what is shown is the present state. */
    get isLive() {
        return this.#state.version > 0;
    }
    /** Tells every later change of {@link isLive}; returns what stops it. */
    onLiveChange(listener) {
        return this.#liveListeners.add("", listener);
    }
    seed(tree) {
        if (this.#phase !== "mounting")
            return false;
        this.#state.seed(tree);
        this.#seeded = true;
        return true;
    }
    /** Counts one more user. The root stays at least until the matching {@link release}. */
    retain() {
        this.#users += 1;
        this.#grace.cancel();
    }
    /** Counts one user less; after the last, the root ends in the next macrotask. */
    release() {
        this.#users -= 1;
        if (this.#users > 0 || this.#phase === "closed")
            return Promise.resolve();
        return this.#grace.start(() => this.close(new Error("Unmounted")));
    }
    /**
     * Ends the root: whatever waits is rejected with `reason`, and the channel is left. A stale state
     * that somebody looks at may stay to be seen.
     */
    close(reason, keepState = false) {
        if (this.#phase === "closed")
            return;
        this.#phase = "closed";
        this.#grace.cancel();
        clearTimeout(this.#patience);
        this.#commands.rejectAll(reason.message);
        this.#firstPatch.reject(reason);
        this.#liveListeners.clear();
        this.#subscribers.clear();
        this.#eventHandlers.clear();
        this.#uploads?.lost();
        if (!keepState)
            this.#state.clear();
        this.#options.cache?.release();
        this.#options.onClosed();
        this.#channel.close();
    }
    proxy(storeId) {
        return this.#proxies.get(storeId);
    }
    node(storeKey) {
        return this.#state.node(storeKey);
    }
    member(value, storeId) {
        return this.#members.resolve(value, storeId);
    }
    snapshot(storeId) {
        return this.#snapshots.resolve(this.#state.node(storeIdKey(storeId)), storeId);
    }
    subscribe(storeId, listener) {
        return this.#subscribers.add(storeIdKey(storeId), listener);
    }
    dispatch(storeId, name, payload = {}) {
        if (this.isStale)
            return this.mounted.then(() => this.dispatch(storeId, name, payload));
        return this.#request({ event: "command", storeId, name, rest: { payload } });
    }
    handleEvent(storeId, name, handler) {
        return this.#eventHandlers.add(eventKey(storeId, name), handler);
    }
    /** The channel, while the server has this root's runtime behind it. */
    get #pushable() {
        return this.isLive ? this.#channel.current : undefined;
    }
    #request(request) {
        const channel = this.#pushable;
        if (channel === undefined)
            return Promise.reject(new Error("Store is not connected"));
        return this.#commands.send(channel, request);
    }
    #joined(reply) {
        const { root_id: rootId, build } = isObject(reply) ? reply : {};
        if (rootId !== undefined && rootId !== this.#rootId) {
            this.#failed(new Error(`Root join returned unexpected root_id: ${describeReply(rootId)}`));
            return;
        }
        this.#options.build.report(build);
    }
    /** A join or a first patch went wrong: the end of a mount, but not of a root that was live. */
    #failed(error) {
        if (this.#phase === "mounting")
            this.close(error, this.isStale);
        else
            logError(`${this.#rootId} could not be rebuilt, its last state is kept`, error);
    }
    /** The server's side is gone. What is shown stays; a rejoin brings a new first patch. */
    #lost() {
        this.#options.onLost();
        if (this.#users === 0) {
            this.close(new Error("Disconnected"));
            return;
        }
        this.#suspend("Disconnected");
    }
    #receive(payload) {
        const envelope = readEnvelope(payload);
        if (envelope === undefined) {
            warn(`${this.#rootId} received a patch that is not an envelope`);
            return;
        }
        const first = !this.isLive;
        if (!this.#state.accepts(envelope)) {
            if (first)
                this.#failed(new Error("Initial patch envelope must start at version 1"));
            else
                this.#recover();
            return;
        }
        let change;
        try {
            change = this.#apply(envelope);
        }
        catch (error) {
            if (first) {
                this.#failed(error instanceof Error ? error : new Error(String(error)));
            }
            else {
                logError(`${this.#rootId} received a patch that does not fit, and is rebuilt`, error);
                this.#recover();
            }
            return;
        }
        if (this.#phase === "mounting")
            this.#phase = "live";
        clearTimeout(this.#patience);
        this.#options.cache?.keep(this.#state.tree);
        this.#proxies.forget(change.vanished);
        if (first)
            this.#liveListeners.emit("", true);
        for (const key of change.changed)
            this.#subscribers.emit(key);
        for (const event of envelope.events)
            this.#deliver(event);
        this.#firstPatch.resolve();
    }
    #apply(envelope) {
        const change = this.#state.apply(envelope);
        const { upload_ops: ops, base_version: base } = envelope;
        const changed = this.#uploads?.apply(ops, base === 0, this.#state.stores) ?? [];
        for (const key of changed)
            change.changed.add(key);
        return change;
    }
    #deliver({ store_id, name, payload }) {
        this.#eventHandlers.emit(eventKey(store_id, name), payload);
    }
    /** There is no resync message: a new join of the same topic starts over at version 1. */
    #recover() {
        this.#suspend("Version mismatch");
        this.#channel.reopen();
    }
    #suspend(reason) {
        const wasLive = this.isLive;
        this.#state.suspend();
        this.#commands.rejectAll(reason);
        this.#uploads?.lost();
        if (wasLive)
            this.#liveListeners.emit("", false);
    }
}
function eventKey(storeId = [], name) {
    return `${storeIdKey(storeId)}\0${name}`;
}
