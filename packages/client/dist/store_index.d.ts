/** A store's node in the wire tree. */
export type StoreNode = Record<string, unknown>;
/** Every store of a tree by {@link storeIdKey}. */
export type StoreIndex = ReadonlyMap<string, StoreNode>;
/**
 * Finds every store node of `tree`, at whatever depth it was placed. Two cannot have one id: data
 * that says it were a store does not take the place of the one that it lies in.
 */
export declare function indexStores(tree: unknown): StoreIndex;
/** The stores whose node is not the same object in both: changed, appeared or vanished. */
export declare function changedStores(before: StoreIndex, after: StoreIndex): Set<string>;
