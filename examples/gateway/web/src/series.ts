/**
 * The recent past of one value, kept in the browser. The server tells only changes, so a value
 * holds until the next one is told; a gap is put where nothing was heard.
 */
export class Series {
  static readonly capacity = 2048;

  readonly #times = new Float64Array(Series.capacity);
  readonly #values = new Float64Array(Series.capacity);
  #start = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }
  /** When the sample at `index` was taken, oldest first, in milliseconds of the page's clock. */
  time(index: number): number {
    return this.#times[(this.#start + index) % Series.capacity] ?? NaN;
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

  /** Adds a sample; `null`, a value that is not known, is a gap. The oldest makes room. */
  push(time: number, value: number | null): void {
    const at = (this.#start + this.#size) % Series.capacity;
    this.#times[at] = time;
    this.#values[at] = value ?? NaN;
    if (this.#size < Series.capacity) this.#size += 1;
    else this.#start = (this.#start + 1) % Series.capacity;
  }

  /** Says that nothing is known from now until the next sample. */
  breakOff(time: number): void {
    if (this.#size > 0 && !Number.isNaN(this.last)) this.push(time, null);
  }

  /** Another series with the same past. */
  copy(): Series {
    const other = new Series();
    for (let i = 0; i < this.#size; i += 1) other.push(this.time(i), this.value(i));
    return other;
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
