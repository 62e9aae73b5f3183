/** The recent past of one value, each sample at the time at which the gateway took it. */
export class Series {
  /** A little more than the gateway keeps. */
  static readonly capacity = 1024;

  readonly #times = new Float64Array(Series.capacity);
  readonly #values = new Float64Array(Series.capacity);
  #start = 0;
  #size = 0;

  /** What is added to the gateway's times to get this page's. */
  shift = 0;

  get size(): number {
    return this.#size;
  }
  /** When the sample at `index` was taken, oldest first, in milliseconds of the page's clock. */
  time(index: number): number {
    return this.shift + (this.#times[(this.#start + index) % Series.capacity] ?? NaN);
  }
  /** The sample at `index`; NaN is a gap. */
  value(index: number): number {
    return this.#values[(this.#start + index) % Series.capacity] ?? NaN;
  }
  get last(): number {
    return this.#size === 0 ? NaN : this.value(this.#size - 1);
  }
  get lastTime(): number {
    return this.#size === 0 ? NaN : this.time(this.#size - 1);
  }

  /** Adds a sample, by the gateway's time; `null`, a value that is not known, is a gap. */
  push(time: number, value: number | null): void {
    const at = (this.#start + this.#size) % Series.capacity;
    this.#times[at] = time;
    this.#values[at] = value ?? NaN;
    if (this.#size < Series.capacity) this.#size += 1;
    else this.#start = (this.#start + 1) % Series.capacity;
  }

  /** Says that nothing is known from the last sample to the next. */
  breakOff(): void {
    if (this.#size > 0) this.push(this.lastTime - this.shift, null);
  }

  clear(): void {
    this.#start = this.#size = 0;
  }

  /** The index of the first sample that is at or after `time`; `size` when there is none. */
  firstAt(time: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The sample nearest to `time`, as an index; -1 when there is none. Gaps are passed over. */
  nearest(time: number): number {
    const after = this.firstAt(time);
    let best = -1;
    for (const step of [-1, 1]) {
      let i = step < 0 ? after - 1 : after;
      while (i >= 0 && i < this.#size && Number.isNaN(this.value(i))) i += step;
      if (i < 0 || i >= this.#size) continue;
      if (best < 0 || Math.abs(this.time(i) - time) < Math.abs(this.time(best) - time)) best = i;
    }
    return best;
  }

  /** The largest value since `time`; 0 when there is none. */
  maximumSince(time: number): number {
    let most = 0;
    // The sample before is visible too: its line comes in from the left.
    for (let i = Math.max(0, this.firstAt(time) - 1); i < this.#size; i += 1) {
      const value = this.value(i);
      if (value > most) most = value;
    }
    return most;
  }
}
