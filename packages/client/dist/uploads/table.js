import { storeIdKey, uploadNameOf } from "../wire.js";
import { UploadHandleImpl } from "./handle.js";
const SEPARATOR = "\0";
/** The text by which an upload is known in maps. */
export function uploadStoreKey(storeId, name) {
    return storeIdKey(storeId) + SEPARATOR + name;
}
/** The handle of one upload, the same one at every call. */
export function getUploadHandle({ host, uploaders, handles }, storeId, name) {
    const key = uploadStoreKey(storeId, name);
    let handle = handles.get(key);
    if (handle === undefined) {
        handles.set(key, (handle = new UploadHandleImpl(host, uploaders, storeId, name)));
    }
    return handle;
}
/** Applies `ops` in order and returns the keys of the stores that they named. */
export function applyUploadOps(table, ops) {
    const changed = new Set();
    for (const op of ops) {
        getUploadHandle(table, op.store_id, op.upload).applyOp(op);
        changed.add(storeIdKey(op.store_id));
    }
    return changed;
}
/** Drops the handles of every store that `alive` does not know, and ends their transfers. */
export function pruneUploads({ handles }, alive) {
    for (const [key, handle] of handles) {
        if (alive.has(key.slice(0, key.indexOf(SEPARATOR))))
            continue;
        handles.delete(key);
        handle.clear();
    }
}
/** Uploads for `connectWith`, with the external uploaders that stores may name. */
export function uploads(uploaders = {}) {
    return {
        forRoot: (host) => rootUploads({ host, uploaders, handles: new Map() }),
    };
}
function rootUploads(table) {
    return {
        find(value, owner) {
            const name = uploadNameOf(value);
            return name === undefined ? undefined : getUploadHandle(table, owner, name);
        },
        apply(ops, fresh, alive) {
            pruneUploads(table, alive);
            // A new runtime knows nothing of the uploads of the one before.
            if (fresh)
                for (const handle of table.handles.values())
                    handle.clear();
            return applyUploadOps(table, ops);
        },
        lost() {
            for (const handle of table.handles.values())
                handle.abort();
        },
    };
}
