import { isAsyncValue } from "./async_value.js";
import { getStream } from "./streams.js";
import { isObject, storeIdOf, streamNameOf } from "./wire.js";
/**
 * Turns wire values into what an application sees: stream markers into arrays of items, upload
 * markers into handles, async values into `{status, data, error}`, nested stores into what
 * {@link Sources.child} gives.
 *
 * Results are frozen and remembered by the identity of the wire value. As a patch copies exactly
 * what it touches, a result keeps its identity until an op, a stream or an upload under it changes:
 * nothing has to be invalidated. A value without markers is not copied at all.
 */
export class Resolver {
    #sources;
    #known = new WeakMap();
    constructor(sources) {
        this.#sources = sources;
    }
    /** Resolves a value that stands in the node of store `owner`. */
    resolve(value, owner) {
        return this.#visit(value, owner, []);
    }
    #visit(value, within, checks) {
        if (typeof value !== "object" || value === null)
            return value;
        const owner = (isObject(value) ? storeIdOf(value) : undefined) ?? within;
        let resolved = this.#known.get(value);
        if (resolved === undefined || !isCurrent(resolved, owner)) {
            const own = [];
            resolved = { value: this.#build(value, owner, own), owner, checks: own };
            this.#known.set(value, resolved);
        }
        for (const check of resolved.checks)
            checks.push(check);
        return resolved.value;
    }
    #build(value, owner, checks) {
        if (Array.isArray(value))
            return this.#array(value, owner, checks);
        if (!isObject(value))
            return value;
        const stream = streamNameOf(value);
        if (stream !== undefined)
            return this.#stream(stream, owner, checks);
        const upload = this.#sources.upload(value, owner);
        if (upload !== undefined) {
            const { revision } = upload;
            checks.push(() => upload.revision === revision);
            return upload;
        }
        if (isAsyncValue(value)) {
            const { status, result, reason } = value;
            const error = status === "failed" ? this.#visit(reason, owner, checks) : null;
            return Object.freeze({ status, data: this.#visit(result, owner, checks), error });
        }
        const { child } = this.#sources;
        if (child !== undefined && storeIdOf(value) !== undefined)
            return child(owner);
        return this.#object(value, owner, checks);
    }
    #array(wire, owner, checks) {
        const items = wire.map((item) => this.#visit(item, owner, checks));
        return Object.freeze(items.every((item, index) => item === wire[index]) ? wire : items);
    }
    #object(wire, owner, checks) {
        const entries = Object.entries(wire).map(([key, member]) => [key, this.#visit(member, owner, checks)]);
        const same = entries.every(([key, member]) => member === wire[key]);
        return Object.freeze(same ? wire : Object.fromEntries(entries));
    }
    #stream(stream, owner, checks) {
        const now = () => getStream(this.#sources.streams(), owner, stream);
        const entries = now();
        checks.push(() => now() === entries);
        return Object.freeze(entries.map((entry) => this.#visit(entry.item, owner, checks)));
    }
}
/**
 * The same wire value may come to stand in another store: an insertion into a list of stores edits
 * the ids of its nodes in place. What has markers in it then means that store's streams and uploads.
 */
function isCurrent({ owner, checks }, present) {
    if (checks.length === 0)
        return true;
    const same = owner.length === present.length && owner.every((part, i) => part === present[i]);
    return same && checks.every((check) => check());
}
