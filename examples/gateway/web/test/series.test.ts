import { describe, expect, it } from "vitest";
import { roundUp } from "../src/scale.js";
import { Series } from "../src/series.js";

function of(...samples: [number, number | null][]): Series {
  const series = new Series();
  for (const [time, value] of samples) series.push(time, value);
  return series;
}

describe("a series", () => {
  it("has nothing to tell at first", () => {
    const series = new Series();
    expect(series.size).toBe(0);
    expect(series.last).toBeNaN();
    expect(series.maximumSince(0)).toBe(0);
    expect(series.firstAt(0)).toBe(0);
  });

  it("forgets the oldest when it is full", () => {
    const series = new Series();
    for (let i = 0; i < Series.capacity + 10; i += 1) series.push(i, i);
    expect(series.size).toBe(Series.capacity);
    expect(series.time(0)).toBe(10);
    expect(series.last).toBe(Series.capacity + 9);
  });

  it("finds the first sample at or after a time", () => {
    const series = of([10, 1], [20, 2], [30, 3]);
    expect(series.firstAt(20)).toBe(1);
    expect(series.firstAt(21)).toBe(2);
    expect(series.firstAt(31)).toBe(3);
  });

  it("counts the sample before a time among those since, because its line is seen", () => {
    const series = of([10, 9], [20, 2], [30, 3]);
    expect(series.maximumSince(15)).toBe(9);
    expect(series.maximumSince(25)).toBe(3);
  });

  it("breaks off at its last sample", () => {
    const series = of([10, 1]);
    series.shift = 100;
    series.breakOff();
    expect(series.size).toBe(2);
    expect(series.last).toBeNaN();
    expect(series.lastTime).toBe(110);
    expect(series.maximumSince(0)).toBe(1);
  });

  it("is on the page's clock, however that is shifted", () => {
    const series = of([10, 1], [20, 2]);
    series.shift = 1000;
    expect(series.time(1)).toBe(1020);
    expect(series.firstAt(1015)).toBe(1);
  });

  it("finds the sample nearest to a time, and passes over gaps", () => {
    const series = of([10, 1], [20, null], [30, null], [50, 5]);
    expect([0, 12, 28, 31, 99].map((time) => series.nearest(time))).toEqual([0, 0, 0, 3, 3]);
    expect(of([10, null]).nearest(10)).toBe(-1);
    expect(of().nearest(10)).toBe(-1);
  });
});

describe("the end of an axis", () => {
  it.each([
    [0, 1000, 1],
    [7, 1000, 10],
    [1000, 1000, 1000],
    [1001, 1000, 2000],
    [3_400_000, 1000, 5_000_000],
    [600, 1024, 1024],
    [1.3 * 1024 ** 3, 1024, 2 * 1024 ** 3],
  ])("for %d in powers of %d is %d", (value, base, top) => expect(roundUp(value, base)).toBe(top));
});
