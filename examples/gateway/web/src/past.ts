import { DeviceClock } from "./clock.js";
import { Series } from "./series.js";

/** Consecutive samples as the gateway sends them: a column of `values` for each series. */
export interface Stretch {
  readonly id: number;
  readonly follows: boolean;
  readonly from: number;
  readonly after: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** The part of a store's state about the past. */
export interface Told {
  readonly now: number;
  readonly history: readonly Stretch[];
}

/**
 * The recent past of some values. The gateway stores it, so a reloaded page has it at once; this class
 * only converts the times to this page's clock. Missed looks are gaps.
 */
export class Past {
  readonly series: readonly Series[];
  readonly #clock = new DeviceClock();
  #next = 0;

  constructor(values: number) {
    this.series = Array.from({ length: values }, () => new Series());
  }

  /** The series of one value. */
  of(column: number): Series {
    const series = this.series[column];
    if (series === undefined) throw new RangeError(`There is no value ${column}`);
    return series;
  }

  /** Takes a state that arrived at `pageNow`; `anew` if it is the first since the store was mounted. */
  take({ now, history }: Told, pageNow: number, anew: boolean): void {
    if (anew) {
      this.#clock.reset();
      for (const series of this.series) series.clear();
      this.#next = 0;
    }
    const shift = this.#clock.take(now, pageNow);
    for (const series of this.series) series.shift = shift;
    for (const stretch of history) {
      if (stretch.id + stretch.after.length > this.#next) this.#append(stretch);
    }
  }

  #append({ id, follows, from, after, values }: Stretch): void {
    const known = Math.max(0, this.#next - id);
    after.slice(known).forEach((offset, i) => {
      const index = known + i;
      const gap = index === 0 && !(follows && id === this.#next);
      this.series.forEach((series, column) => {
        if (gap) series.breakOff();
        series.push(from + offset, values[column]?.[index] ?? null);
      });
    });
    this.#next = id + after.length;
  }
}
