import { expect, test } from "vitest";
import { canonicalStringify } from "../src/index.js";

test("canonicalStringify sorts keys at every depth and keeps the order of lists", () => {
  expect(canonicalStringify({ b: [{ z: 1, a: 2 }, 3], a: { d: 1, c: null } })).toBe(
    '{"a":{"c":null,"d":1},"b":[{"a":2,"z":1},3]}',
  );
});

test("canonicalStringify drops undefined members and writes undefined itself as null", () => {
  expect(canonicalStringify({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(canonicalStringify(undefined)).toBe("null");
});
