import { isObject, storeIdKey, storeIdOf } from "./wire.js";

/** A store's node in the wire tree. */
export type StoreNode = Record<string, unknown>;

/** Every store of a tree by {@link storeIdKey}. */
export type StoreIndex = ReadonlyMap<string, StoreNode>;

/**
 * Finds every store node of `tree`, at whatever depth it was placed. Two cannot have one id: data
 * that says it were a store does not take the place of the one that it lies in.
 */
export function indexStores(tree: unknown): StoreIndex {
  const index = new Map<string, StoreNode>();
  collect(tree, index);
  return index;
}

/** The stores whose node is not the same object in both: changed, appeared or vanished. */
export function changedStores(before: StoreIndex, after: StoreIndex): Set<string> {
  const changed = new Set<string>();
  for (const [key, node] of after) if (before.get(key) !== node) changed.add(key);
  for (const key of before.keys()) if (!after.has(key)) changed.add(key);
  return changed;
}

function collect(value: unknown, index: Map<string, StoreNode>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, index);
  } else if (isObject(value)) {
    const id = storeIdOf(value);
    const key = id && storeIdKey(id);
    if (key !== undefined && !index.has(key)) index.set(key, value);
    for (const key of Object.keys(value)) collect(value[key], index);
  }
}
