import { STORE_ID_KEY, storeIdKey, type StoreId } from "./wire.js";

/** What the proxies of one root ask of it. */
export interface ProxyHost {
  /** The live node of a store; `undefined` while it is not in the tree. */
  node(storeKey: string): Record<string, unknown> | undefined;
  /** A member of that node as an application sees it, nested stores as proxies. */
  member(value: unknown, storeId: StoreId): unknown;
  snapshot(storeId: StoreId): unknown;
  subscribe(storeId: StoreId, listener: () => void): () => void;
  dispatch(storeId: StoreId, name: string, payload?: object): Promise<unknown>;
  handleEvent(storeId: StoreId, name: string, handler: (payload: any) => void): () => void;
}

/** The proxies of one root: one per store, the same one for as long as the store exists. */
export class Proxies {
  readonly #host: ProxyHost;
  readonly #byKey = new Map<string, object>();

  constructor(host: ProxyHost) {
    this.#host = host;
  }

  get(storeId: StoreId): object {
    const key = storeIdKey(storeId);
    let proxy = this.#byKey.get(key);
    if (proxy === undefined) this.#byKey.set(key, (proxy = createProxy(this.#host, storeId, key)));
    return proxy;
  }

  forget(storeKeys: Iterable<string>): void {
    for (const key of storeKeys) this.#byKey.delete(key);
  }
}

function createProxy(host: ProxyHost, storeId: StoreId, key: string): object {
  const id = Object.freeze([...storeId]) as StoreId;
  // Made once, so that they can be handed on and compared like any other function.
  const reserved: Readonly<Record<string, unknown>> = Object.freeze({
    [STORE_ID_KEY]: id,
    dispatchCommand: (name: string, payload?: object) => host.dispatch(id, name, payload),
    subscribe: (listener: () => void) => host.subscribe(id, listener),
    snapshot: () => host.snapshot(id),
    handleEvent: (name: string, handler: (payload: unknown) => void) =>
      host.handleEvent(id, name, handler),
  });

  const has = (property: PropertyKey): property is string =>
    Object.hasOwn(reserved, property) || Object.hasOwn(host.node(key) ?? {}, property);
  const get = (property: PropertyKey): unknown => {
    if (!has(property)) return undefined;
    if (Object.hasOwn(reserved, property)) return reserved[property];
    return host.member(host.node(key)?.[property], id);
  };

  return new Proxy(
    {},
    {
      get: (_target, property) => get(property),
      has: (_target, property) => has(property),
      ownKeys: () => [...new Set([...Object.keys(reserved), ...Object.keys(host.node(key) ?? {})])],
      getOwnPropertyDescriptor: (_target, property) =>
        has(property)
          ? { value: get(property), writable: false, enumerable: true, configurable: true }
          : undefined,
      set: refuse,
      defineProperty: refuse,
      deleteProperty: refuse,
      setPrototypeOf: refuse,
      preventExtensions: refuse,
    },
  );
}

function refuse(): never {
  throw new TypeError("Store proxies are read-only");
}
