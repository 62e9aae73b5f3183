/**
 * The lists of streams as contract section 7.6 tells a client to keep them, written apart from
 * packages/client.
 */

export interface StreamOp {
  op: "reset" | "insert" | "delete";
  store_id: string[];
  stream: string;
  item_key?: string;
  item?: unknown;
  at?: number;
  limit?: number | null;
}

export type Entry = [key: string, item: unknown];

export class Streams {
  readonly #lists = new Map<string, Map<string, Entry[]>>();

  list(storeId: readonly string[], stream: string): Entry[] {
    return this.#lists.get(JSON.stringify(storeId))?.get(stream) ?? [];
  }

  /** Every list that was ever named, with whose it is. */
  *all(): Generator<[storeId: string[], stream: string, list: Entry[]]> {
    for (const [storeId, streams] of this.#lists) {
      for (const [stream, list] of streams) yield [JSON.parse(storeId) as string[], stream, list];
    }
  }

  apply(op: StreamOp): void {
    const key = JSON.stringify(op.store_id);
    const streams = this.#lists.get(key) ?? new Map<string, Entry[]>();
    this.#lists.set(key, streams);
    streams.set(op.stream, changed(streams.get(op.stream) ?? [], op));
  }

  /** Section 7.7: the streams of stores that are gone go too. */
  prune(alive: ReadonlySet<string>): void {
    for (const key of this.#lists.keys()) if (!alive.has(key)) this.#lists.delete(key);
  }
}

function changed(list: Entry[], op: StreamOp): Entry[] {
  if (op.op === "reset") return [];
  const others = list.filter(([key]) => key !== op.item_key);
  if (op.op === "delete") return others;
  const at = op.at ?? -1;
  const index = at === -1 ? others.length : Math.min(Math.max(at, 0), others.length);
  const longer = [
    ...others.slice(0, index),
    [op.item_key, op.item] as Entry,
    ...others.slice(index),
  ];
  if (op.limit === null || op.limit === undefined) return longer;
  const size = Math.min(Math.abs(op.limit), longer.length);
  return at === 0 ? longer.slice(0, size) : longer.slice(longer.length - size);
}
