import { parsePointer } from "./pointer.js";
import { isObject } from "./wire.js";
/**
 * Applies `ops` in order and returns the new document; `document` is left as it was, and whatever
 * no op touched is shared between the two. Throws on the first op that does not fit: a missing
 * member or index, a path through a scalar, anything but `replace` at the root.
 */
export function applyPatch(document, ops) {
    const patch = new Patch();
    let next = document;
    for (const op of ops)
        next = patch.apply(next, op);
    return next;
}
/** One run over a list of ops: a container is copied the first time it is touched, then written. */
class Patch {
    #copies = new WeakSet();
    apply(document, op) {
        const tokens = parsePointer(op.path);
        const last = tokens.pop();
        if (last === undefined) {
            if (op.op !== "replace")
                throw new Error(`Cannot ${op.op} the whole document`);
            return op.value;
        }
        const root = this.#writable(document, op.path);
        let parent = root;
        for (const token of tokens) {
            const child = this.#writable(read(parent, token, op.path), op.path);
            write(parent, token, child);
            parent = child;
        }
        change(parent, last, op);
        return root;
    }
    #writable(value, path) {
        if (!Array.isArray(value) && !isObject(value)) {
            throw new Error(`Path goes through a scalar: ${path}`);
        }
        if (this.#copies.has(value))
            return value;
        const copy = Array.isArray(value) ? value.slice() : { ...value };
        this.#copies.add(copy);
        return copy;
    }
}
function change(parent, token, op) {
    if (op.op === "add") {
        if (Array.isArray(parent))
            parent.splice(insertionIndex(parent, token, op.path), 0, op.value);
        else
            write(parent, token, op.value);
        return;
    }
    read(parent, token, op.path);
    if (op.op === "replace")
        write(parent, token, op.value);
    else if (op.op !== "remove")
        throw new Error(`Unknown operation: ${op.op}`);
    else if (Array.isArray(parent))
        parent.splice(Number(token), 1);
    else
        delete parent[token];
}
function read(parent, token, path) {
    if (Array.isArray(parent))
        return parent[existingIndex(parent, token, path)];
    // An inherited name such as "constructor" is not a member of the document.
    if (!Object.hasOwn(parent, token))
        throw new Error(`Path does not exist: ${path}`);
    return parent[token];
}
/** Sets a member whose place is known to be valid. */
function write(parent, token, value) {
    if (Array.isArray(parent))
        parent[Number(token)] = value;
    else if (token !== "__proto__")
        parent[token] = value;
    // Plain assignment would set the prototype instead of a member of that name.
    else
        Object.defineProperty(parent, token, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
        });
}
function existingIndex(array, token, path) {
    const index = canonicalIndex(token);
    if (index === undefined || index >= array.length)
        throw new Error(`Index out of range: ${path}`);
    return index;
}
function insertionIndex(array, token, path) {
    const index = token === "-" ? array.length : canonicalIndex(token);
    if (index === undefined || index > array.length)
        throw new Error(`Index out of range: ${path}`);
    return index;
}
/** Decimal without sign, spaces or leading zeros, as RFC 6901 section 4 wants it. */
function canonicalIndex(token) {
    return /^(0|[1-9][0-9]*)$/.test(token) ? Number(token) : undefined;
}
