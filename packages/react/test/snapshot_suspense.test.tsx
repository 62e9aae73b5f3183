import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { child } from "../../client/test/support/envelopes.js";
import type { StoreProxy } from "../src/index.js";
import type { Stores } from "./support/device.js";
import { musubi, open, PAGE } from "./support/page.js";
import { act } from "./support/render.js";

const { useMusubiAsync, useMusubiRootSuspense, useMusubiSnapshotSuspense } = musubi;
type Line = StoreProxy<"Demo.Line", Stores>;

const asyncValue = (status: string, result: unknown = null, reason: unknown = null) => ({
  weather: { __musubi_async__: true, status, result, reason },
});

/** A page whose cover is a store that comes and goes; `use` is called with it once it was there. */
async function cover(use: (line: Line) => unknown) {
  const own: { line?: Line | undefined } = {};
  function Cover() {
    const store = useMusubiRootSuspense(PAGE);
    own.line ??= store.cover ?? undefined;
    return own.line ? <Inner line={own.line} /> : null;
  }
  const Inner = ({ line }: { line: Line }) => <>{String(use(line))}</>;
  const page = await open(<Cover />);
  await page.device.accept({ cover: child(["cover"], { label: "one", qty: 1 }) });
  return page;
}

describe("useMusubiSnapshotSuspense", () => {
  test("suspends while the store is not in the tree, and shows it once it is back", async () => {
    const page = await cover((line) => useMusubiSnapshotSuspense(line).label);
    expect(page.text).toBe("one");
    await page.device.set("cover", null);
    expect(page.text).toBe("waiting");
    await page.device.set("cover", child(["cover"], { label: "two" }));
    expect(page.text).toBe("two");
  });

  test("does not suspend for a selector that gives undefined", async () => {
    const page = await cover((line) => useMusubiSnapshotSuspense(line, () => undefined));
    expect(page.text).toBe("undefined");
  });

  test("compares what a selector gives as useMusubiSnapshot does", async () => {
    let renders = 0;
    const page = await cover((line) => {
      renders += 1;
      return useMusubiSnapshotSuspense(line, ({ label }) => ({ label })).label;
    });
    const before = renders;
    await page.device.set("cover/qty", 2);
    expect(renders).toBe(before);
    await page.device.set("cover/label", "two");
    expect(page.text).toBe("two");
  });
});

describe("useMusubiAsync", () => {
  function Sky() {
    const store = useMusubiRootSuspense(PAGE);
    return <>{useMusubiAsync(store, (page) => page.weather).sky}</>;
  }
  beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
  afterEach(() => void vi.useRealTimers());

  test("suspends while the value is loading, then gives its data", async () => {
    const page = await open(<Sky />);
    await page.device.accept(asyncValue("loading"));
    expect(page.text).toBe("waiting");
    await page.device.set("weather", asyncValue("ok", { sky: "blue" }).weather);
    expect(page.text).toBe("blue");
  });

  test("suspends while the value is not there", async () => {
    const page = await open(<Sky />);
    await page.device.accept({});
    expect(page.text).toBe("waiting");
    await page.device.send({
      ops: [{ op: "add", path: "/weather", value: asyncValue("ok", { sky: "grey" }).weather }],
    });
    expect(page.text).toBe("grey");
  });

  test("throws what failed, with its reason as the cause", async () => {
    const seen: unknown[] = [];
    function Watched() {
      const store = useMusubiRootSuspense(PAGE);
      try {
        return <>{useMusubiAsync(store, (page) => page.weather).sky}</>;
      } catch (thrown) {
        if (thrown instanceof Error) seen.push(thrown.cause);
        throw thrown;
      }
    }
    const page = await open(<Watched />);
    const reason = { kind: "error", value: "no sensor" };
    await page.device.accept(asyncValue("loading"));
    await page.device.set("weather", asyncValue("failed", null, reason).weather);
    expect(page.text).toBe("[musubi] async field failed");
    expect(seen[0]).toEqual(reason);
  });

  test("does not render for data that is the same in each member", async () => {
    let renders = 0;
    function Counted() {
      const store = useMusubiRootSuspense(PAGE);
      renders += 1;
      return <>{useMusubiAsync(store, (page) => page.weather).sky}</>;
    }
    const page = await open(<Counted />);
    await page.device.accept(asyncValue("ok", { sky: "blue" }));
    const before = renders;
    await page.device.set("weather", asyncValue("ok", { sky: "blue" }).weather);
    expect(renders).toBe(before);
  });

  test("keeps its root while it waits, however long that takes", async () => {
    vi.useFakeTimers();
    const page = await open(<Sky />);
    await page.device.accept(asyncValue("loading"));
    for (let second = 0; second < 60; ++second) {
      await act(async () => void (await vi.advanceTimersByTimeAsync(1000)));
    }
    expect([page.text, page.device.left(), page.device.joins().length]).toEqual(["waiting", 0, 1]);
    await page.device.set("weather", asyncValue("ok", { sky: "blue" }).weather);
    expect(page.text).toBe("blue");
  });

  test("gives its root up a few seconds after it was removed while it waited", async () => {
    vi.useFakeTimers();
    const page = await open(<Sky />);
    await page.device.accept(asyncValue("loading"));
    await page.remove();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.device.left()).toBe(1);
  });
});
