import { describe, expect, it } from "vitest";
import { Past, type Stretch } from "../src/past.js";

/** Samples 100 ms apart; the first value is the number of the look, the second is not known. */
function stretch(id: number, count: number, follows = true): Stretch {
  const steps = Array.from({ length: count }, (_, i) => i);
  return {
    id,
    follows,
    from: 100 * id,
    after: steps.map((i) => 100 * i),
    values: [steps.map((i) => id + i), steps.map(() => null)],
  };
}

const shown = (past: Past) => {
  const series = past.of(0);
  return Array.from({ length: series.size }, (_, i) => series.value(i));
};
const times = (past: Past) => {
  const series = past.of(0);
  return Array.from({ length: series.size }, (_, i) => series.time(i));
};

describe("the past", () => {
  it("is there at once, with the time of each sample on the page's clock", () => {
    const past = new Past(2);
    past.take({ now: 400, history: [stretch(1, 3, false)] }, 5400, true);
    expect(shown(past)).toEqual([1, 2, 3]);
    expect(times(past)).toEqual([5100, 5200, 5300]);
    expect(past.of(1).last).toBeNaN();
  });

  it("takes each sample once, though the list is told whole", () => {
    const past = new Past(2);
    const first = stretch(1, 3, false);
    past.take({ now: 300, history: [first] }, 300, true);
    past.take({ now: 400, history: [first, stretch(4, 1)] }, 400, false);
    past.take({ now: 500, history: [first, stretch(4, 1), stretch(5, 1)] }, 500, false);
    expect(shown(past)).toEqual([1, 2, 3, 4, 5]);
  });

  it("has every sample of an envelope that came late, each at its own time", () => {
    const past = new Past(2);
    past.take({ now: 100, history: [stretch(1, 1, false)] }, 1100, true);
    const late = [stretch(2, 1), stretch(3, 1), stretch(4, 1)];
    past.take({ now: 400, history: [stretch(1, 1, false), ...late] }, 3000, false);
    expect(times(past)).toEqual([1100, 1200, 1300, 1400]);
  });

  it("has a gap where a look was missed, and where samples are missing", () => {
    const past = new Past(2);
    past.take({ now: 900, history: [stretch(1, 2, false), stretch(3, 1, false)] }, 900, true);
    past.take({ now: 900, history: [stretch(3, 1), stretch(7, 1)] }, 900, false);
    expect(shown(past)).toEqual([1, 2, NaN, 3, NaN, 7]);
    // All series keep step: the values of one look stand at the same place.
    expect(past.of(1).size).toBe(6);
  });

  it("goes on in the middle of a stretch of which it has a part", () => {
    const past = new Past(2);
    past.take({ now: 300, history: [stretch(1, 2, false)] }, 300, true);
    past.take({ now: 500, history: [stretch(1, 4, false)] }, 500, false);
    expect(shown(past)).toEqual([1, 2, 3, 4]);
  });

  it("begins anew with a gateway that was started anew, whose clock may be another", () => {
    const past = new Past(2);
    past.take({ now: 90_000, history: [stretch(800, 3, false)] }, 1000, true);
    past.take({ now: 300, history: [stretch(1, 2, false)] }, 2000, true);
    expect(shown(past)).toEqual([1, 2]);
    expect(times(past)).toEqual([1800, 1900]);
  });
});
