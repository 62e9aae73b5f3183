import { describe, expect, test, vi } from "vitest";
import { musubi, open, PAGE, within } from "./support/page.js";
import { act } from "./support/render.js";

const { useMusubiRoot, useMusubiSnapshot } = musubi;
const STALE = { __musubi_store_id__: [], title: "stale" };

function Cached({ id = "main", keep = false }: { id?: string; keep?: boolean }) {
  const options = { ...PAGE, id, keepPreviousData: keep };
  const root = useMusubiRoot(keep ? options : { ...options, cache: { initialData: STALE } });
  if (root.status !== "ready") return <>{root.status}</>;
  const { store, isFetching, revalidationError } = root;
  return <Shown {...{ store, isFetching, problem: revalidationError?.message ?? "" }} />;
}
function Shown({ store, isFetching, problem }: { store: any; isFetching: boolean; problem: string }) {
  const title = useMusubiSnapshot<any>(store)?.title ?? "gone";
  return <>{`${title} ${isFetching ? "fetching" : "settled"} ${problem}`.trim()}</>;
}
/** Lets timers without a delay fire, and those that they start. */
const nextTask = () =>
  act(async () => {
    for (let i = 0; i < 4; ++i) await new Promise((done) => setTimeout(done, 1));
  });

describe("a root that was cached", () => {
  test("is seeded: ready with the state of the last time, and fetching", async () => {
    const page = await open(<Cached />);
    expect(page.text).toBe("stale fetching");
  });

  test("is settled with the live state", async () => {
    const page = await open(<Cached />);
    await page.device.accept({ title: "live" });
    expect(page.text).toBe("live settled");
  });

  test("keeps the old state when the live one does not come, and says why", async () => {
    const page = await open(<Cached />);
    await page.device.refuse("busy");
    expect(page.text).toBe("stale settled Root join failed: busy");
  });

  test("is mounted once for all who use it, and left by the last", async () => {
    const page = await open(
      <>
        <Cached />
        <Cached />
      </>,
    );
    await page.device.accept({ title: "live" });
    await page.remove();
    await nextTask();
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 1]);
  });
});

describe("keepPreviousData", () => {
  test("keeps the last root on the screen, alive, until the next one is ready", async () => {
    const page = await open(<Cached keep />);
    expect(page.text).toBe("loading");
    await page.device.accept({ title: "A" });
    expect(page.text).toBe("A settled");
    await page.change(within(page.connection, <Cached keep id="b" />));
    await nextTask();
    expect(page.text).toBe("A fetching");
    await page.device.set("title", "A2");
    expect(page.text).toBe("A2 fetching");
    await page.device.accept({ title: "B" }, "b");
    await nextTask();
    expect(page.text).toBe("B settled");
    expect([page.device.left(), page.device.left("b")]).toEqual([1, 0]);
    await page.remove();
    await nextTask();
    expect(page.device.left("b")).toBe(1);
  });

  test("gives way to what kept the next one from coming", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const page = await open(<Cached keep />);
    await page.device.accept({ title: "A" });
    await page.change(within(page.connection, <Cached keep id="b" />));
    await page.device.refuse("busy", "b");
    await nextTask();
    expect([page.text, page.device.left()]).toEqual(["error", 1]);
  });

  test("is not asked for: another root is loading at once", async () => {
    const Plain = ({ id }: { id: string }) => <>{useMusubiRoot({ ...PAGE, id }).status}</>;
    const page = await open(<Plain id="main" />);
    await page.device.accept();
    await page.change(within(page.connection, <Plain id="b" />));
    expect(page.text).toBe("loading");
  });
});
