import { describe, expect, test } from "vitest";
import { readRoots, takeToken, writeRoots } from "../src/address.js";

describe("the address", () => {
  test("holds the roots that are mounted, whatever is in their ids and params", () => {
    const roots = [
      { module: "Example.Cart", id: "main", params: {} },
      { module: "Example.Chat", id: "a:b c&d", params: { name: "ann & bob:{}", n: [1, null] } },
    ];
    expect(readRoots(writeRoots(roots))).toEqual(roots);
    expect(writeRoots(roots.slice(0, 1))).toBe("#root=Example.Cart%3Amain");
  });

  test("may be written by hand, and what cannot be read is left out", () => {
    expect(readRoots('#root=A.B:main:{"x":1}&root=C:&root=nothing&root=D:main:{')).toEqual([
      { module: "A.B", id: "main", params: { x: 1 } },
      { module: "C", id: "", params: {} },
    ]);
  });

  test("that says nothing is not one that says that there are none", () => {
    expect(readRoots("")).toBe(undefined);
    expect(readRoots(writeRoots([]))).toEqual([]);
  });

  test("gives up its token", () => {
    expect(takeToken("#token=a%20b")).toEqual({ token: "a b", hash: "" });
    expect(takeToken("#root=A:main&token=x")).toEqual({ token: "x", hash: "#root=A:main" });
    expect(takeToken("#token=x&root=A:main")).toEqual({ token: "x", hash: "#root=A:main" });
    expect(takeToken("#root=A:main")).toEqual({ token: undefined, hash: "#root=A:main" });
  });
});
