import { isAsyncValue } from "./async_value.js";
import { getStream, type StreamEntry, type StreamTable } from "./streams.js";
import { isObject, storeIdOf, streamNameOf, type StoreId } from "./wire.js";

/** A stream list that a resolved value was made from. */
type Dependency = { owner: StoreId; stream: string; entries: readonly StreamEntry[] };
type Resolved = { value: unknown; from: readonly Dependency[] };

/**
 * Turns wire values into what an application sees: stream markers into arrays of items, async
 * values into `{status, data, error}`, nested stores into whatever `child` gives (by default their
 * own resolved node).
 *
 * Results are frozen and remembered by the identity of the wire value. As a patch copies exactly
 * what it touches, a result keeps its identity until an op or a stream under it changes: nothing
 * has to be invalidated. A value without markers is not copied at all.
 */
export class Resolver {
  readonly #streams: () => StreamTable;
  readonly #child: ((storeId: StoreId) => unknown) | undefined;
  readonly #known = new WeakMap<object, Resolved>();

  constructor(streams: () => StreamTable, child?: (storeId: StoreId) => unknown) {
    this.#streams = streams;
    this.#child = child;
  }

  /** Resolves a value that stands in the node of store `owner`. */
  resolve(value: unknown, owner: StoreId): unknown {
    return this.#visit(value, owner, []);
  }

  #visit(value: unknown, owner: StoreId, from: Dependency[]): unknown {
    if (typeof value !== "object" || value === null) return value;
    let resolved = this.#known.get(value);
    if (resolved === undefined || !this.#isCurrent(resolved)) {
      const own: Dependency[] = [];
      resolved = { value: this.#build(value, owner, own), from: own };
      this.#known.set(value, resolved);
    }
    for (const dependency of resolved.from) from.push(dependency);
    return resolved.value;
  }

  #isCurrent(resolved: Resolved): boolean {
    const streams = this.#streams();
    return resolved.from.every((d) => getStream(streams, d.owner, d.stream) === d.entries);
  }

  #build(value: object, owner: StoreId, from: Dependency[]): unknown {
    if (Array.isArray(value)) return this.#array(value, owner, from);
    if (!isObject(value)) return value;
    const stream = streamNameOf(value);
    if (stream !== undefined) return this.#stream(stream, owner, from);
    if (isAsyncValue(value)) {
      const { status, result, reason } = value;
      const error = status === "failed" ? this.#visit(reason, owner, from) : null;
      return Object.freeze({ status, data: this.#visit(result, owner, from), error });
    }
    const id = storeIdOf(value);
    if (id !== undefined && this.#child !== undefined) return this.#child(id);
    return this.#object(value, id ?? owner, from);
  }

  #array(wire: unknown[], owner: StoreId, from: Dependency[]): unknown {
    const items = wire.map((item) => this.#visit(item, owner, from));
    return Object.freeze(items.every((item, index) => item === wire[index]) ? wire : items);
  }

  #object(wire: Record<string, unknown>, owner: StoreId, from: Dependency[]): unknown {
    const entries = Object.entries(wire).map(
      ([key, member]) => [key, this.#visit(member, owner, from)] as const,
    );
    const same = entries.every(([key, member]) => member === wire[key]);
    return Object.freeze(same ? wire : Object.fromEntries(entries));
  }

  #stream(stream: string, owner: StoreId, from: Dependency[]): unknown {
    const entries = getStream(this.#streams(), owner, stream);
    from.push({ owner, stream, entries });
    return Object.freeze(entries.map((entry) => this.#visit(entry.item, owner, from)));
  }
}
