import { isDeepStrictEqual } from "node:util";
import {
  applyStreamOps,
  getStream,
  pruneStreams,
  storeIdKey,
  type StoreId,
  type StreamOp as ClientStreamOp,
  type StreamTable,
} from "@musubi/client";
import jsonPatch, { type Operation } from "fast-json-patch";
import { describe, expect, test } from "vitest";
import { output } from "../support/program.js";
import { Streams, type Entry, type StreamOp } from "./streams.js";

/**
 * Random trees of stores and random handlers (tests/property), replayed with an independent
 * implementation of JSON Patch. MUSUBI_SEED=N tries another seed; the seed says everything.
 */
const seeds =
  process.env["MUSUBI_SEED"] === undefined ? [1, 2, 3, 4] : [Number(process.env["MUSUBI_SEED"])];
const cycles = 1000;

interface PushEvent {
  store_id: string[];
  name: string;
  payload: unknown;
}
interface Envelope {
  type: string;
  root_id: string;
  base_version: number;
  version: number;
  ops: Operation[];
  stream_ops: StreamOp[];
  upload_ops: unknown[];
  events: PushEvent[];
}
interface Step {
  step: number;
  envelopes: Envelope[];
  /** These when the client has everything. */
  rendered?: unknown;
  expected?: unknown;
  streams?: Record<string, Record<string, Entry[]>>;
  events?: (PushEvent & { store_gone: boolean })[];
}

/** A client by the letter of the contract, and @musubi/client's own lists beside it. */
class Client {
  tree: unknown;
  version = 0;
  readonly streams = new Streams();
  clients: StreamTable = new Map();
  events: PushEvent[] = [];

  take(envelope: Envelope): void {
    expect(Object.keys(envelope).sort()).toEqual(envelopeKeys);
    expect(envelope.type).toBe("patch");
    expect([envelope.base_version, envelope.version]).toEqual([this.version, this.version + 1]);
    this.version = envelope.version;
    this.tree = jsonPatch.applyPatch(this.tree, envelope.ops, true).newDocument;
    for (const op of envelope.stream_ops) this.streams.apply(op);
    this.clients = applyStreamOps(this.clients, envelope.stream_ops as ClientStreamOp[]);
    const stores = storeIds(this.tree);
    this.streams.prune(new Set(stores.map((id) => JSON.stringify(id))));
    this.clients = pruneStreams(
      this.clients,
      new Set(stores.map((id) => storeIdKey(id as StoreId))),
    );
    for (const [storeId, stream, list] of this.streams.all()) {
      const kept = getStream(this.clients, storeId, stream);
      equal(
        kept.map(({ itemKey, item }) => [itemKey, item]),
        list,
        `stream ${stream} of ${JSON.stringify(storeId)} as @musubi/client keeps it`,
      );
    }
    this.events.push(...envelope.events);
    expect(byStore(envelope.stream_ops), "order of stream_ops").toBe(true);
    expect(byStore(envelope.events), "order of events").toBe(true);
  }
}

const envelopeKeys = [
  "base_version",
  "events",
  "ops",
  "root_id",
  "stream_ops",
  "type",
  "upload_ops",
  "version",
];

describe("the envelopes of any tree of stores", () => {
  for (const seed of seeds) {
    test(`make the tree, the lists and the events of seed ${seed}`, () => {
      const client = new Client();
      let compared = 0;
      for (const line of output("property_log", [`${seed}`, `${cycles}`]).trimEnd().split("\n")) {
        const step = JSON.parse(line) as Step;
        try {
          for (const envelope of step.envelopes) client.take(envelope);
          if (step.rendered === undefined) continue;
          equal(step.rendered, step.expected, "the tree as rendered");
          equal(client.tree, step.expected, "the tree as patched");
          for (const [storeId, streams] of Object.entries(step.streams ?? {})) {
            // What took the store_id of another store finds what the browser kept of that.
            if (storeId === '["swap"]') continue;
            for (const [name, list] of Object.entries(streams)) {
              const seen = client.streams.list(JSON.parse(storeId) as string[], name);
              equal(seen, list, `stream ${name} of ${storeId}`);
            }
          }
          heard(client.events.splice(0), step.events ?? []);
          ++compared;
        } catch (error) {
          throw new Error(`MUSUBI_SEED=${seed}, step ${step.step}`, { cause: error });
        }
      }
      expect(compared).toBeGreaterThan(cycles / 4);
    });
  }
});

function equal(actual: unknown, expected: unknown, what?: string): void {
  // what vitest makes of a difference is worth its time only where there is one
  if (!isDeepStrictEqual(actual, expected)) expect(actual, what).toEqual(expected);
}

/** Every store of the tree. */
function storeIds(value: unknown, found: string[][] = []): string[][] {
  if (value === null || typeof value !== "object") return found;
  const id = (value as Record<string, unknown>)["__musubi_store_id__"];
  if (Array.isArray(id)) found.push(id as string[]);
  for (const member of Object.values(value)) storeIds(member, found);
  return found;
}

/** Section 5.3: by depth, then by store_id. */
function byStore(list: { store_id: string[] }[]): boolean {
  const follows = (a: string[], b: string[]): boolean => {
    if (a.length !== b.length) return a.length < b.length;
    const at = a.findIndex((segment, index) => segment !== b[index]);
    return at === -1 || Buffer.compare(Buffer.from(a[at] ?? ""), Buffer.from(b[at] ?? "")) < 0;
  };
  return list.every((each, i) => i === 0 || follows(list[i - 1]?.store_id ?? [], each.store_id));
}

/** Each store's events came in their order; those of a store that went may be missing. */
function heard(events: PushEvent[], said: (PushEvent & { store_gone: boolean })[]): void {
  const left = new Map<string, PushEvent[]>();
  for (const event of events) {
    const key = JSON.stringify(event.store_id);
    left.set(key, [...(left.get(key) ?? []), event]);
  }
  for (const { store_gone: mayBeMissing, ...event } of said) {
    const next = left.get(JSON.stringify(event.store_id));
    if (isDeepStrictEqual(next?.[0], event)) next?.shift();
    else expect(mayBeMissing, `missing: ${JSON.stringify(event)}`).toBe(true);
  }
  expect([...left.values()].flat(), "nobody said").toEqual([]);
}
