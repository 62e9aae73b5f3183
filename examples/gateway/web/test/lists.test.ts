import { describe, expect, it } from "vitest";
import { batteryTone } from "../src/cards/environment.js";
import { byName } from "../src/natural.js";
import { whenFull } from "../src/parts.js";

it("a list is in the order in which a person counts", () => {
  const names = ["eth10", "Core 10", "eth2", "Core 2", "lo", "Core 1"].map((name) => ({ name }));
  expect(byName(names).map(({ name }) => name)).toEqual([
    "Core 1",
    "Core 2",
    "Core 10",
    "eth2",
    "eth10",
    "lo",
  ]);
});

describe("a battery", () => {
  it.each([
    [20, "discharging", "alarm"],
    [3, "unknown", "alarm"],
    [21, "discharging", "plain"],
    [5, "charging", "plain"],
    [null, "discharging", "plain"],
  ] as const)("of %s percent, %s, is shown as %s", (percent, state, tone) =>
    expect(batteryTone({ percent, state })).toBe(tone),
  );
});

it("what fills up warns first, and then alarms", () => {
  expect([null, 79, 80, 92].map(whenFull)).toEqual(["plain", "plain", "warn", "alarm"]);
});
