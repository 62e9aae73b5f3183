/** What holds until the server has sent the declaration, which its first envelope does. */
export const DEFAULT_CONFIG = Object.freeze({
    accept: "any",
    maxEntries: 1,
    maxFileSize: 8_000_000,
    chunkSize: 64_000,
});
/** The state after one op; an op about an unknown entry changes nothing. Contract 13.7. */
export function applyUploadOp(state, op) {
    switch (op.op) {
        case "config":
            return { ...state, config: configOf(op.config) };
        case "add":
            return { ...state, entries: put(state.entries, entryOf({ ...op.entry, ref: op.ref })) };
        case "progress":
            return change(state, op.ref, (entry) => withProgress(entry, op.progress));
        case "complete":
            return change(state, op.ref, (entry) => withProgress(entry, 100));
        case "error":
            return op.ref === undefined
                ? { ...state, errors: append(state.errors, op.error) }
                : change(state, op.ref, (entry) => failed(entry, op.error));
        case "cancel":
            return { ...state, entries: freeze(state.entries.filter(({ ref }) => ref !== op.ref)) };
        case "reset":
            return { ...state, entries: freeze([]), errors: freeze([]) };
        default:
            return state;
    }
}
/** Changes one entry, if it is there. */
export function change(state, ref, update) {
    if (!state.entries.some((entry) => entry.ref === ref))
        return state;
    const entries = state.entries.map((entry) => (entry.ref === ref ? update(entry) : entry));
    return { ...state, entries: freeze(entries) };
}
/** An entry that has got so far. One that succeeded stays so: late progress is old news. */
export function withProgress(entry, progress) {
    if (entry.isSuccess)
        return entry;
    return stated({ ...entry, progress }, progress >= 100 ? "success" : "uploading");
}
/** An entry that failed. The same error is noted once, whoever told it. */
export function failed(entry, error) {
    const errors = error === undefined ? entry.errors : append(entry.errors, error);
    return stated({ ...entry, errors }, "error");
}
export function configOf(wire) {
    return Object.freeze({
        accept: wire.accept,
        maxEntries: wire.max_entries,
        maxFileSize: wire.max_file_size,
        chunkSize: wire.chunk_size,
    });
}
export function entryOf(wire) {
    return stated({
        ref: wire.ref,
        clientName: wire.client_name,
        clientSize: wire.client_size,
        clientType: wire.client_type,
        progress: wire.progress,
        errors: freeze([...wire.errors]),
    }, wire.status);
}
/** Adds an entry, or replaces the one of that ref. */
export function put(entries, entry) {
    const index = entries.findIndex(({ ref }) => ref === entry.ref);
    return freeze(index < 0 ? [...entries, entry] : entries.map((old, i) => (i === index ? entry : old)));
}
function append(errors, error) {
    const known = errors.some(({ code, message }) => code === error.code && message === error.message);
    return known ? errors : freeze([...errors, error]);
}
function stated(entry, status) {
    return Object.freeze({
        ...entry,
        status,
        isPending: status === "pending",
        isUploading: status === "uploading",
        isSuccess: status === "success",
        isError: status === "error",
        isCancelled: status === "cancelled",
    });
}
function freeze(list) {
    return Object.freeze(list);
}
