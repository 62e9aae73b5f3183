import { describe, expect, it } from "vitest";
import * as format from "../src/format.js";

const plain = (text: string) => text.replaceAll("\u202f", " ");
const text = (quantity: format.Quantity) => plain(format.joined(quantity));

describe("bytes", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1024, "1.00 KiB"],
    [10 * 1024, "10.0 KiB"],
    [1024 ** 2 - 1, "1.00 MiB"],
    [95.7 * 1024 ** 3, "95.7 GiB"],
    [3 * 1024 ** 6, "3072 PiB"],
  ])("%d is %s", (value, shown) => expect(text(format.bytes(value))).toBe(shown));

  it("that are not known are a dash", () => expect(text(format.bytes(null))).toBe("–"));
});

describe("rates", () => {
  it("of networks are in bits", () => {
    expect(text(format.bitRate(125_000))).toBe("1.00 Mbit/s");
    expect(text(format.bitRate(0))).toBe("0 bit/s");
    expect(text(format.bitRate(124_999.99))).toBe("1.00 Mbit/s");
  });
  it("of disks are in bytes", () => expect(text(format.byteRate(2048))).toBe("2.00 KiB/s"));
});

describe("durations", () => {
  it.each([
    [0, "0 s"],
    [59.9, "59 s"],
    [60, "1 min"],
    [3661, "1 h 1 min"],
    [90_000, "1 d 1 h"],
    [86_400, "1 d"],
    [-5, "0 s"],
  ])("%d seconds are %s", (value, shown) => expect(plain(format.duration(value))).toBe(shown));
});

it("shows a period in the unit that suits it", () => {
  expect(plain(format.period(100))).toBe("100 ms");
  expect(plain(format.period(1000))).toBe("1 s");
  expect(plain(format.period(2500))).toBe("2.5 s");
});

it("never shows more than a hundred percent with a fraction", () => {
  expect(text(format.percent(99.96))).toBe("100 %");
  expect(text(format.percent(99.9))).toBe("99.9 %");
});
