/** What travels on a root's channel: contract sections 4, 6, 7, 8 and 10. */
/** The key under which every store node carries its {@link StoreId}. */
export const STORE_ID_KEY = "__musubi_store_id__";
/** The only key of the constant that stands where a stream was placed. */
export const STREAM_MARKER_KEY = "__musubi_stream__";
/** The only key of the constant that stands where a store has an upload. */
export const UPLOAD_MARKER_KEY = "__musubi_upload__";
/** The key whose value `true` makes an object an async value. */
export const ASYNC_MARKER_KEY = "__musubi_async__";
/** The text by which a store is known in maps: its id as JSON. */
export function storeIdKey(storeId) {
    return JSON.stringify(storeId);
}
/**
 * Reads a `patch` payload; `undefined` when it is not an envelope. Servers older than uploads and
 * events leave those two lists out, and are served all the same.
 */
export function readEnvelope(payload) {
    if (!isObject(payload))
        return undefined;
    const { type, root_id, base_version, version, ops, stream_ops, upload_ops, events } = payload;
    if (type !== "patch" || typeof root_id !== "string")
        return undefined;
    if (typeof base_version !== "number" || typeof version !== "number")
        return undefined;
    if (!Array.isArray(ops) || !Array.isArray(stream_ops))
        return undefined;
    return {
        type,
        root_id,
        base_version,
        version,
        ops: ops,
        stream_ops: stream_ops,
        upload_ops: Array.isArray(upload_ops) ? upload_ops : [],
        events: Array.isArray(events) ? events.filter(isObject) : [],
    };
}
/** A JSON object: not null, not an array. */
export function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** The id of a store node; `undefined` for any other value. */
export function storeIdOf(value) {
    if (!Object.hasOwn(value, STORE_ID_KEY))
        return undefined;
    const id = value[STORE_ID_KEY];
    return Array.isArray(id) && id.every((part) => typeof part === "string") ? id : undefined;
}
/** The name in a stream marker (an object with exactly that one key); `undefined` otherwise. */
export function streamNameOf(value) {
    return markedName(value, STREAM_MARKER_KEY);
}
/** The name in an upload marker, which has exactly that one key too; `undefined` otherwise. */
export function uploadNameOf(value) {
    return markedName(value, UPLOAD_MARKER_KEY);
}
function markedName(value, key) {
    if (!Object.hasOwn(value, key) || Object.keys(value).length !== 1)
        return undefined;
    const name = value[key];
    return typeof name === "string" ? name : undefined;
}
