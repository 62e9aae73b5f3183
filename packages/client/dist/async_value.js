import { ASYNC_MARKER_KEY } from "./wire.js";
const FIELDS = ["status", "result", "reason"];
/** Whether a wire object is an async value: the marker, its three fields, and nothing else. */
export function isAsyncValue(value) {
    const candidate = value;
    return (Object.hasOwn(value, ASYNC_MARKER_KEY) &&
        candidate[ASYNC_MARKER_KEY] === true &&
        FIELDS.every((field) => Object.hasOwn(value, field)) &&
        Object.keys(value).length === 1 + FIELDS.length);
}
