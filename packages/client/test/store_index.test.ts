import { describe, expect, test } from "vitest";
import { changedStores, indexStores } from "../src/store_index.js";
import { child } from "./support/envelopes.js";

describe("the store index", () => {
  test("finds stores at the root, in fields, in lists and inside one another", () => {
    const inner = child(["lines", "1", "badge"]);
    const tree = child([], {
      cover: child(["cover"]),
      meta: { lines: [child(["lines", "1"], { inner })] },
    });
    expect([...indexStores(tree).keys()].sort()).toEqual([
      '["cover"]',
      '["lines","1","badge"]',
      '["lines","1"]',
      "[]",
    ]);
    expect(indexStores(tree).get('["lines","1","badge"]')).toBe(inner);
  });

  test.each([[[1]], ["text"], [null]])("takes no store id of the form %j", (id) => {
    expect(indexStores({ __musubi_store_id__: id }).size).toBe(0);
  });

  test("is not taken in by data with the id of a store around it", () => {
    const tree = child([], { meta: { a: child([]) }, cover: child(["cover"], { b: child(["cover"]) }) });
    expect(indexStores(tree).get("[]")).toBe(tree);
    expect(indexStores(tree).get('["cover"]')).toBe(tree["cover"]);
  });

  test("calls a store changed when its node is another object, appeared or vanished", () => {
    const kept = child(["kept"]);
    const before = indexStores([kept, child(["changed"]), child(["gone"])]);
    const after = indexStores([kept, child(["changed"]), child(["new"])]);
    expect([...changedStores(before, after)].sort()).toEqual([
      '["changed"]',
      '["gone"]',
      '["new"]',
    ]);
  });
});
