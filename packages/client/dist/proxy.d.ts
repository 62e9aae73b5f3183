import { type StoreId } from "./wire.js";
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
export declare class Proxies {
    #private;
    constructor(host: ProxyHost);
    get(storeId: StoreId): object;
    forget(storeKeys: Iterable<string>): void;
}
