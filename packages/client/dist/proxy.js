import { STORE_ID_KEY, storeIdKey } from "./wire.js";
/** The proxies of one root: one per store, the same one for as long as the store exists. */
export class Proxies {
    #host;
    #byKey = new Map();
    constructor(host) {
        this.#host = host;
    }
    get(storeId) {
        const key = storeIdKey(storeId);
        let proxy = this.#byKey.get(key);
        if (proxy === undefined)
            this.#byKey.set(key, (proxy = createProxy(this.#host, storeId, key)));
        return proxy;
    }
    forget(storeKeys) {
        for (const key of storeKeys)
            this.#byKey.delete(key);
    }
}
function createProxy(host, storeId, key) {
    const id = Object.freeze([...storeId]);
    // Made once, so that they can be handed on and compared like any other function.
    const reserved = Object.freeze({
        [STORE_ID_KEY]: id,
        dispatchCommand: (name, payload) => host.dispatch(id, name, payload),
        subscribe: (listener) => host.subscribe(id, listener),
        snapshot: () => host.snapshot(id),
        handleEvent: (name, handler) => host.handleEvent(id, name, handler),
    });
    const has = (property) => Object.hasOwn(reserved, property) || Object.hasOwn(host.node(key) ?? {}, property);
    const get = (property) => {
        if (!has(property))
            return undefined;
        if (Object.hasOwn(reserved, property))
            return reserved[property];
        return host.member(host.node(key)?.[property], id);
    };
    return new Proxy({}, {
        get: (_target, property) => get(property),
        has: (_target, property) => has(property),
        ownKeys: () => [...new Set([...Object.keys(reserved), ...Object.keys(host.node(key) ?? {})])],
        getOwnPropertyDescriptor: (_target, property) => has(property)
            ? { value: get(property), writable: false, enumerable: true, configurable: true }
            : undefined,
        set: refuse,
        defineProperty: refuse,
        deleteProperty: refuse,
        setPrototypeOf: refuse,
        preventExtensions: refuse,
    });
}
function refuse() {
    throw new TypeError("Store proxies are read-only");
}
