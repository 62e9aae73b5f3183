import { isObject, storeIdKey, storeIdOf } from "./wire.js";
/**
 * Finds every store node of `tree`, at whatever depth it was placed. Two cannot have one id: data
 * that says it were a store does not take the place of the one that it lies in.
 */
export function indexStores(tree) {
    const index = new Map();
    collect(tree, index);
    return index;
}
/** The stores whose node is not the same object in both: changed, appeared or vanished. */
export function changedStores(before, after) {
    const changed = new Set();
    for (const [key, node] of after)
        if (before.get(key) !== node)
            changed.add(key);
    for (const key of before.keys())
        if (!after.has(key))
            changed.add(key);
    return changed;
}
function collect(value, index) {
    if (Array.isArray(value)) {
        for (const item of value)
            collect(item, index);
    }
    else if (isObject(value)) {
        const id = storeIdOf(value);
        const key = id && storeIdKey(id);
        if (key !== undefined && !index.has(key))
            index.set(key, value);
        for (const key of Object.keys(value))
            collect(value[key], index);
    }
}
