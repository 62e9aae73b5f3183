import { BuildWatch } from "./build.js";
import { canonicalStringify } from "./canonical.js";
import { Joins } from "./joins.js";
import { warn } from "./log.js";
import { Root } from "./root.js";
import { sendable } from "./sendable.js";
import { StatusTracker } from "./status.js";
/** How long a mount waits for its first state unless it says otherwise, in milliseconds. */
export const MOUNT_TIMEOUT_MS = 60_000;
/** The state behind every `connect` of one socket and topic. */
export class Connection {
    #socket;
    #topic;
    #features;
    #onClosed;
    #roots = new Map();
    #status;
    #joins;
    #build = new BuildWatch();
    #closed = false;
    constructor(socket, topic, features, onClosed) {
        this.#socket = socket;
        this.#topic = topic;
        this.#features = features;
        this.#onClosed = onClosed;
        this.#joins = new Joins(socket);
        this.#status = new StatusTracker(socket, () => this.#joins.opened());
    }
    async mountStore(options) {
        if (this.#closed)
            throw new Error("Disconnected");
        const { root, cache } = this.#retainRoot(options);
        const live = root.mounted.then(() => false);
        // The join is under way already: a slow cache delays what it shows, and nothing else.
        const fromCache = await (cache === undefined
            ? live
            : Promise.race([live, cache.seed(root).then((seeded) => seeded || live)]));
        let released;
        return {
            store: root.proxy([]),
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
    async clearStoreCache(target) {
        await this.#features.cache?.clear(target);
    }
    status() {
        return this.#status.current;
    }
    onStatusChange(listener) {
        return this.#status.onChange(listener);
    }
    onBuildChange(listener) {
        return this.#build.onChange(listener);
    }
    buildChange() {
        return this.#build.change;
    }
    async disconnect() {
        if (this.#closed)
            return;
        this.#closed = true;
        this.#onClosed();
        this.#status.detach();
        this.#build.detach();
        for (const root of [...this.#roots.values()])
            root.close(new Error("Disconnected"));
        this.#features.cache?.close();
    }
    #retainRoot(options) {
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
        }
        catch (error) {
            root.close(error instanceof Error ? error : new Error(String(error)));
        }
        return { root, cache };
    }
    get #cache() {
        const { cache } = this.#features;
        if (cache === undefined)
            throw new Error("This connection was made without a store cache");
        return cache;
    }
}
