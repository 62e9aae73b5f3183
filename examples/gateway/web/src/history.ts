import { Series } from "./series.js";
import type { Overview } from "./stores.js";

/** The recent past of what the charts show, fed from the overview. */
export class History {
  readonly processor = new Series();
  readonly memory = new Series();
  readonly received = new Series();
  readonly sent = new Series();
  readonly read = new Series();
  readonly written = new Series();
  readonly #interfaces = new Map<string, Pair>();
  readonly #disks = new Map<string, Pair>();
  #looks = -1;

  /** Takes a state; one that is no new look at the machine is no new sample. */
  take(state: Overview, now: number): void {
    if (state.looks === this.#looks) return;
    this.#looks = state.looks;
    const { interfaces } = state.network;
    const { disks } = state.storage;
    this.processor.push(now, state.processor.busy);
    this.memory.push(now, state.memory?.used ?? null);
    const outside = interfaces.filter(({ name }) => name !== "lo");
    this.received.push(now, sum(outside.map((each) => each.receive_rate)));
    this.sent.push(now, sum(outside.map((each) => each.send_rate)));
    this.read.push(now, sum(disks.map((each) => each.read_rate)));
    this.written.push(now, sum(disks.map((each) => each.write_rate)));
    for (const each of interfaces) takeInterface(pairOf(this.#interfaces, each.name), each, now);
    for (const each of disks) takeDisk(pairOf(this.#disks, each.name), each, now);
  }

  /** Nothing is heard from now on: the lines end here. */
  breakOff(now: number): void {
    this.#looks = -1;
    for (const series of [this.processor, this.memory, this.received, this.sent, this.read, this.written]) {
      series.breakOff(now);
    }
    for (const pair of [...this.#interfaces.values(), ...this.#disks.values()]) pair.breakOff(now);
  }

  /** What an interface received and sent so far, to go on from. */
  ofInterface(name: string): Pair {
    return this.#interfaces.get(name)?.copy() ?? new Pair();
  }
  /** What was read from a disk and written to it so far, to go on from. */
  ofDisk(name: string): Pair {
    return this.#disks.get(name)?.copy() ?? new Pair();
  }
}

/** Into the machine and out of it; from a disk and to it. */
export class Pair {
  constructor(
    readonly first = new Series(),
    readonly second = new Series(),
  ) {}
  copy(): Pair {
    return new Pair(this.first.copy(), this.second.copy());
  }
  breakOff(now: number): void {
    this.first.breakOff(now);
    this.second.breakOff(now);
  }
}

export function takeInterface(pair: Pair, { receive_rate, send_rate }: Gateway.Interface, now: number): void {
  pair.first.push(now, receive_rate);
  pair.second.push(now, send_rate);
}

export function takeDisk(pair: Pair, { read_rate, write_rate }: Gateway.Disk, now: number): void {
  pair.first.push(now, read_rate);
  pair.second.push(now, write_rate);
}

function pairOf(pairs: Map<string, Pair>, name: string): Pair {
  let pair = pairs.get(name);
  if (pair === undefined) pairs.set(name, (pair = new Pair()));
  return pair;
}

/** The sum of what is known; `null` when nothing is. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}
