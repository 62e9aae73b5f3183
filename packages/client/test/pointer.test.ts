import { describe, expect, test } from "vitest";
import { parsePointer } from "../src/index.js";

describe("parsePointer", () => {
  test.each([
    ["", []],
    ["/", [""]],
    ["/a/0", ["a", "0"]],
    ["/a//b", ["a", "", "b"]],
    ["/a~1b/m~0n", ["a/b", "m~n"]],
    ["/~01", ["~1"]],
  ])("splits %j", (pointer, tokens) => {
    expect(parsePointer(pointer)).toEqual(tokens);
  });

  test.each(["a", "a/b", "/~", "/a~2"])("refuses %j", (pointer) => {
    expect(() => parsePointer(pointer)).toThrow("Invalid JSON pointer");
  });
});
