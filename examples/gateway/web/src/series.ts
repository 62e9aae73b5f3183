/** The recent past of one value: its samples and the times at which the gateway took them. */
export class Series {
  /** A little more than the gateway keeps. */
  static readonly capacity = 1024;

  readonly #times = new Float64Array(Series.capacity);
  readonly #values = new Float64Array(Series.capacity);
  #start = 0;
  #size = 0;

  /** The difference to add to the gateway's times to get this page's times. */
  shift = 0;

  get size(): number {
    return this.#size;
  }
  /** The time of the sample at `index`, oldest first, in milliseconds of the page's clock. */
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

  /** Adds a sample at a time of the gateway; `null` (an unknown value) is a gap. */
  push(time: number, value: number | null): void {
    const at = (this.#start + this.#size) % Series.capacity;
    this.#times[at] = time;
    this.#values[at] = value ?? NaN;
    if (this.#size < Series.capacity) this.#size += 1;
    else this.#start = (this.#start + 1) % Series.capacity;
  }

  /** Adds a gap between the last sample and the next. */
  breakOff(): void {
    if (this.#size > 0) this.push(this.lastTime - this.shift, null);
  }

  clear(): void {
    this.#start = this.#size = 0;
  }

  /** The index of the first sample at or after `time`; `size` if there is none. */
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

  /** The index of the sample nearest to `time`, ignoring gaps; -1 if there is none. */
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

  /** The largest value since `time`; 0 if there is none. */
  maximumSince(time: number): number {
    let most = 0;
    // The previous sample counts too, because its line enters from the left.
    for (let i = Math.max(0, this.firstAt(time) - 1); i < this.#size; i += 1) {
      const value = this.value(i);
      if (value > most) most = value;
    }
    return most;
  }
}
