import { storeIdKey } from "./wire.js";
const EMPTY = Object.freeze([]);
const SEPARATOR = "\0";
/** The entries of one stream, in order; empty when nothing was ever inserted. */
export function getStream(table, storeId, name) {
    return table.get(streamKey(storeId, name)) ?? EMPTY;
}
/** Applies `ops` in order and returns the new table; lists that no op changed are shared. */
export function applyStreamOps(table, ops) {
    if (ops.length === 0)
        return table;
    const lists = new Map();
    for (const op of ops) {
        const key = streamKey(op.store_id, op.stream);
        const list = lists.get(key) ?? [...(table.get(key) ?? EMPTY)];
        lists.set(key, applyOp(list, op));
    }
    const next = new Map(table);
    for (const [key, list] of lists) {
        if (!sameEntries(list, table.get(key) ?? EMPTY))
            next.set(key, list);
    }
    return next;
}
/** Drops the streams of every store that `alive` does not know. */
export function pruneStreams(table, alive) {
    const kept = [...table].filter(([key]) => alive.has(key.slice(0, key.indexOf(SEPARATOR))));
    return kept.length === table.size ? table : new Map(kept);
}
function streamKey(storeId, name) {
    return storeIdKey(storeId) + SEPARATOR + name;
}
function applyOp(list, op) {
    switch (op.op) {
        case "reset":
            return [];
        case "delete":
            remove(list, op.item_key);
            return list;
        case "insert":
            remove(list, op.item_key);
            list.splice(position(op.at, list.length), 0, { itemKey: op.item_key, item: op.item });
            return trim(list, op.at, op.limit);
        default:
            throw new Error(`Unknown stream operation: ${op.op}`);
    }
}
function remove(list, itemKey) {
    const index = list.findIndex((entry) => entry.itemKey === itemKey);
    if (index >= 0)
        list.splice(index, 1);
}
/** -1 is the end, any other negative number the head. */
function position(at, length) {
    return at === -1 ? length : Math.max(0, Math.min(at, length));
}
/** Only the size of `limit` counts; what goes is the end that the insert did not happen at. */
function trim(list, at, limit) {
    if (limit === null || limit === undefined)
        return list;
    const excess = list.length - Math.abs(limit);
    if (excess > 0)
        list.splice(at === 0 ? list.length - excess : 0, excess);
    return list;
}
function sameEntries(a, b) {
    return a.length === b.length && a.every((entry, index) => entry === b[index]);
}
