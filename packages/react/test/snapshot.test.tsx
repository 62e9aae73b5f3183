import { child } from "../../client/test/support/envelopes.js";
import { describe, expect, test } from "vitest";
import { keyOf, shallowEqual } from "../src/index.js";
import type { StoreProxy, StoreSnapshot } from "../src/index.js";
import { connect } from "@musubi/client";
import { Device, type Stores } from "./support/device.js";
import { musubi, PAGE } from "./support/page.js";
import { show } from "./support/render.js";

const { useMusubiSnapshot } = musubi;
type Page = StoreProxy<"Demo.Page", Stores>;
type Snapshot = StoreSnapshot<"Demo.Page", Stores>;

/** A mounted page, outside of React. */
async function mounted(value: Record<string, unknown>) {
  const device = new Device();
  const connection = await connect<Stores>(device);
  const mounting = connection.mountStore(PAGE);
  await device.accept(value);
  const { store } = await mounting;
  return { device, store };
}

/** Shows what `use` gives, and counts the renders. */
function counting(use: () => unknown) {
  const count = { renders: 0 };
  function Counting() {
    count.renders += 1;
    return <>{JSON.stringify(use() ?? "nothing")}</>;
  }
  return { count, Counting };
}

describe("useMusubiSnapshot", () => {
  test("renders once for each change", async () => {
    const { device, store } = await mounted({ title: "a" });
    const { count, Counting } = counting(() => useMusubiSnapshot(store)?.title);
    const page = await show(<Counting />);
    expect([page.text, count.renders]).toEqual(['"a"', 1]);
    await device.set("title", "b");
    expect([page.text, count.renders]).toEqual(['"b"', 2]);
  });

  test("does not render for what a selector leaves out", async () => {
    const { device, store } = await mounted({ title: "a", mode: "off" });
    const { count, Counting } = counting(() => useMusubiSnapshot(store, (s) => s?.title));
    const page = await show(<Counting />);
    await device.set("mode", "eco");
    expect([page.text, count.renders]).toEqual(['"a"', 1]);
    await device.set("title", "b");
    expect([page.text, count.renders]).toEqual(['"b"', 2]);
  });

  test("compares the members of what a selector makes anew each time", async () => {
    const { device, store } = await mounted({ title: "a", mode: "off", fault: null });
    const pick = (s: Snapshot | undefined) => ({ title: s?.title, mode: s?.mode });
    const { count, Counting } = counting(() => useMusubiSnapshot(store, (s) => pick(s)));
    await show(<Counting />);
    await device.set("fault", "hot");
    expect(count.renders).toBe(1);
    await device.set("mode", "eco");
    expect(count.renders).toBe(2);
  });

  test("takes another equality", async () => {
    const { device, store } = await mounted({ title: "a" });
    const sameLength = (a: string, b: string) => a.length === b.length;
    const { count, Counting } = counting(() =>
      useMusubiSnapshot(store, (s) => s?.title ?? "", sameLength),
    );
    const page = await show(<Counting />);
    await device.set("title", "b");
    expect([page.text, count.renders]).toEqual(['"a"', 1]);
    await device.set("title", "long");
    expect(page.text).toBe('"long"');
  });

  test("follows a selector that changes with the component's props", async () => {
    const { store } = await mounted({ title: "a", mode: "off" });
    const Field = ({ name }: { name: "title" | "mode" }) => (
      <>{useMusubiSnapshot(store, (s) => s?.[name])}</>
    );
    const page = await show(<Field name="title" />);
    await page.change(<Field name="mode" />);
    expect(page.text).toBe("off");
  });

  test("follows another store when it is given one", async () => {
    const { device, store } = await mounted({
      lines: [child(["lines", "1"], { label: "one" }), child(["lines", "2"], { label: "two" })],
    });
    const Line = ({ at }: { at: number }) => <>{useMusubiSnapshot(store.lines[at]!)?.label}</>;
    const page = await show(<Line at={0} />);
    await page.change(<Line at={1} />);
    await device.set("lines/1/label", "zwei");
    expect(page.text).toBe("zwei");
  });

  test("is undefined once the store is gone", async () => {
    const { device, store } = await mounted({ cover: child(["cover"], { label: "c" }) });
    const cover = store.cover!;
    const { Counting } = counting(() => useMusubiSnapshot(cover)?.label);
    const page = await show(<Counting />);
    await device.set("cover", null);
    expect(page.text).toBe('"nothing"');
  });

  test("of a child does not render for its siblings, and a parent's does for its children", async () => {
    const { device, store } = await mounted({
      lines: [child(["lines", "1"], { qty: 1 }), child(["lines", "2"], { qty: 2 })],
    });
    const one = counting(() => useMusubiSnapshot(store.lines[0]!)?.qty);
    const all = counting(() => useMusubiSnapshot(store)?.lines.length);
    await show(
      <>
        <one.Counting />
        <all.Counting />
      </>,
    );
    await device.set("lines/1/qty", 3);
    expect([one.count.renders, all.count.renders]).toEqual([1, 2]);
  });
});

describe("shallowEqual", () => {
  test.each([
    [1, 1, true],
    [NaN, NaN, true],
    [0, -0, false],
    [null, undefined, false],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: undefined }, { b: undefined }, false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [{ a: [] }, { a: [] }, false],
    [new Date(1), new Date(2), false],
  ])("of %j and %j is %j", (a, b, equal) => {
    expect(shallowEqual(a, b)).toBe(equal);
  });
});

test("keyOf gives the id of a store as text", async () => {
  const { store } = await mounted({ lines: [child(["lines", "1"], {})] });
  expect([keyOf(store), keyOf(store.lines[0]!)]).toEqual(["[]", '["lines","1"]']);
  void ((page: Page) => keyOf(page));
});
