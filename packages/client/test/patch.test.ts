import { describe, expect, test } from "vitest";
import { applyPatch, type JsonPatchOp } from "../src/index.js";

describe("applyPatch", () => {
  test("applies ops in the order of the server's diff", () => {
    const ops: JsonPatchOp[] = [
      { op: "remove", path: "/a" },
      { op: "replace", path: "/z", value: false },
      { op: "remove", path: "/items/2" },
      { op: "replace", path: "/items/1", value: 9 },
      { op: "add", path: "/b", value: 2 },
    ];
    const next = applyPatch<unknown>({ a: 1, items: [1, 2, 3], z: true }, ops);
    expect(next).toEqual({ b: 2, items: [1, 9], z: false });
  });

  test("leaves the document as it was and shares what no op touched", () => {
    const document = { left: { n: 1 }, right: { deep: [{ n: 1 }, { n: 2 }] } };
    const before = structuredClone(document);
    const next = applyPatch(document, [{ op: "replace", path: "/right/deep/1/n", value: 3 }]);
    expect(document).toEqual(before);
    expect(next.left).toBe(document.left);
    expect(next.right.deep[0]).toBe(document.right.deep[0]);
    expect(next.right.deep).not.toBe(document.right.deep);
    expect(next.right.deep[1]).toEqual({ n: 3 });
  });

  test("does not write into a value that an earlier op of the same run brought", () => {
    const value = { n: 1 };
    const next = applyPatch<unknown>({}, [
      { op: "add", path: "/a", value },
      { op: "replace", path: "/a/n", value: 2 },
    ]);
    expect(next).toEqual({ a: { n: 2 } });
    expect(value).toEqual({ n: 1 });
  });

  test("returns the same document when there is nothing to do", () => {
    const document = { a: 1 };
    expect(applyPatch(document, [])).toBe(document);
  });

  test("inserts into a list at an index, at its length and at its end", () => {
    const next = applyPatch<unknown>(
      ["b"],
      [
        { op: "add", path: "/0", value: "a" },
        { op: "add", path: "/2", value: "c" },
        { op: "add", path: "/-", value: "d" },
      ],
    );
    expect(next).toEqual(["a", "b", "c", "d"]);
  });

  test("unescapes the members of a path", () => {
    const next = applyPatch<unknown>({ "a/b": { "m~n": 1, "": 2 } }, [
      { op: "replace", path: "/a~1b/m~0n", value: 3 },
      { op: "remove", path: "/a~1b/" },
    ]);
    expect(next).toEqual({ "a/b": { "m~n": 3 } });
  });

  test("replaces the whole document, and refuses any other op on it", () => {
    expect(applyPatch<unknown>(undefined, [{ op: "replace", path: "", value: 1 }])).toBe(1);
    expect(() => applyPatch({}, [{ op: "remove", path: "" }])).toThrow("remove the whole document");
    expect(() => applyPatch({}, [{ op: "add", path: "", value: 1 }])).toThrow("whole document");
  });

  test.each(["/01", "/1.0", "/+1", "/x", "/", "/3", "/-1"])("refuses index %j", (path) => {
    expect(() => applyPatch([1, 2], [{ op: "add", path, value: 0 }])).toThrow("out of range");
  });

  test.each(["/2", "/-"])("refuses to replace or remove index %j of a list of two", (path) => {
    expect(() => applyPatch([1, 2], [{ op: "remove", path }])).toThrow("out of range");
    expect(() => applyPatch([1, 2], [{ op: "replace", path, value: 0 }])).toThrow("out of range");
  });

  test("refuses to replace, remove or go through a member that is missing", () => {
    expect(() => applyPatch({}, [{ op: "replace", path: "/a", value: 0 }])).toThrow("not exist");
    expect(() => applyPatch({}, [{ op: "remove", path: "/a" }])).toThrow("not exist");
    expect(() => applyPatch({}, [{ op: "add", path: "/a/b", value: 0 }])).toThrow("not exist");
    expect(() => applyPatch({}, [{ op: "remove", path: "/constructor" }])).toThrow("not exist");
  });

  test.each([1, "text", null, undefined, true])("refuses to go through the scalar %j", (a) => {
    expect(() => applyPatch({ a }, [{ op: "add", path: "/a/b", value: 0 }])).toThrow("scalar");
  });

  test("treats __proto__ as a name like any other", () => {
    const next = applyPatch<object>({}, [
      { op: "add", path: "/__proto__", value: { polluted: true } },
      { op: "add", path: "/__proto__/more", value: 1 },
    ]);
    expect(Object.getPrototypeOf(next)).toBe(Object.prototype);
    expect(JSON.stringify(next)).toBe('{"__proto__":{"polluted":true,"more":1}}');
  });

  test("refuses an operation that it does not know", () => {
    const op = { op: "move", path: "/a", from: "/b" } as unknown as JsonPatchOp;
    expect(() => applyPatch({ a: 1 }, [op])).toThrow("Unknown operation: move");
  });
});
