import { Fragment, StrictMode, Suspense, startTransition, useState, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FAILURE_LEASE_MS, LEASE_MS } from "../src/root_entry.js";
import { musubi, open, PAGE, within } from "./support/page.js";
import { act, Boundary } from "./support/render.js";

const { useMusubiRoot, useMusubiRootSuspense } = musubi;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined); // of boundaries
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

function Title({ id = "main" }: { id?: string }) {
  return <>{`${useMusubiRootSuspense({ ...PAGE, id }).title} `}</>;
}

/** A promise, and a component that waits for it. */
function blocker() {
  let isOver = false;
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const Blocked = ({ children }: { children?: ReactNode }) => {
    if (!isOver) throw over;
    return <>{children}</>;
  };
  const unblock = () =>
    act(async () => {
      isOver = true;
      end();
    });
  return { Blocked, unblock };
}

describe("a root with Suspense", () => {
  test("shows the fallback, then the root", async () => {
    const page = await open(<Title />);
    expect(page.text).toBe("waiting");
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello ");
    expect(page.device.joins()).toHaveLength(1);
  });

  test("leaves it with the last component, at the end of the task", async () => {
    const page = await open(<Title />);
    await page.device.accept({ title: "hello" });
    await page.remove();
    await pass(10);
    expect(page.device.left()).toBe(1);
  });

  test("gives a mount that fails to the error boundary", async () => {
    const page = await open(<Title />);
    await page.device.refuse("unknown root");
    expect(page.text).toBe("Root join failed: unknown root");
    expect(page.device.joins()).toHaveLength(1);
  });

  test("tries a failed mount anew when the boundary is reset, but not in a loop", async () => {
    const page = await open(<Title key={1} />);
    await page.device.refuse("busy");
    const again = (key: number) => page.change(within(page.connection, <Title key={key} />));
    await page.change(null);
    await again(2); // at once: the same failure
    expect([page.text, page.device.joins().length]).toEqual(["Root join failed: busy", 1]);
    await page.change(null);
    await pass(FAILURE_LEASE_MS);
    await again(3);
    expect(page.device.joins()).toHaveLength(2);
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello ");
  });

  test("is mounted once, however long that takes", async () => {
    const page = await open(<Title />);
    await pass(9_000); // a join may take 10 s
    await page.device.accept({ title: "hello" });
    await pass(60_000);
    expect(page.text).toBe("hello ");
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 0]);
  });

  test("outlives the lease of the failure that it takes the place of", async () => {
    const Plain = () => <>{`${useMusubiRoot(PAGE).status} `}</>;
    const page = await open(
      <>
        <Plain />
        <Boundary children={<Title />} />
      </>,
    );
    await page.device.refuse("busy");
    expect(page.text).toBe("error Root join failed: busy");
    await page.change(within(page.connection, null)); // its last user goes before the lease is over
    await page.change(within(page.connection, <Title />));
    await page.device.accept({ title: "hello" });
    await pass(60_000);
    expect(page.text).toBe("hello ");
    expect([page.device.joins().length, page.device.left()]).toEqual([2, 1]); // the refused one was left
  });

  test("is shared with useMusubiRoot", async () => {
    const Plain = () => <>{`${useMusubiRoot(PAGE).status} `}</>;
    const page = await open(
      <>
        <Plain />
        <Title />
      </>,
    );
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("ready hello ");
    expect(page.device.joins()).toHaveLength(1);
    await page.remove();
    await pass(10);
    expect(page.device.left()).toBe(1);
  });

  test("that was removed before its mount has settled leaves the root after a lease", async () => {
    const page = await open(<Title />);
    await page.remove();
    await page.device.accept({ title: "hello" });
    await pass(LEASE_MS - 1);
    expect(page.device.left()).toBe(0);
    await pass(10);
    expect(page.device.left()).toBe(1);
  });

  test("that comes back within the lease finds its root", async () => {
    const page = await open(<Title />);
    await page.change(within(page.connection, null));
    await page.device.accept({ title: "hello" });
    await pass(LEASE_MS - 1);
    await page.change(within(page.connection, <Title />));
    expect(page.text).toBe("hello ");
    await pass(60_000);
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 0]);
  });

  test.each([false, true])("stays for a sibling that still waits when the first user goes (StrictMode: %s)", async (strict) => {
    const { Blocked, unblock } = blocker();
    const Mode = strict ? StrictMode : Fragment;
    function Waiting() {
      const { title } = useMusubiRootSuspense(PAGE);
      return <Blocked>{title}</Blocked>;
    }
    const both = (first: ReactNode) => (
      <Mode>
        <Suspense fallback="">{first}</Suspense>
        <Suspense fallback="...">
          <Waiting />
        </Suspense>
      </Mode>
    );
    const page = await open(both(<Title />));
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello ...");
    await page.change(within(page.connection, both(null)));
    await pass(10);
    expect(page.device.left()).toBe(0);
    await unblock();
    expect(page.text).toBe("hello");
    await pass(60_000);
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 0]);
  });

  test("that is committed is kept, whatever became of renders before", async () => {
    const page = await open(
      <StrictMode>
        <Title />
      </StrictMode>,
    );
    await page.device.accept({ title: "hello" });
    await pass(60_000);
    await page.device.set("title", "still");
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 0]);
    await page.remove();
    await pass(10);
    expect(page.device.left()).toBe(1); // without a lease: the claims of its renders are redeemed
  });

  test("stays while a sibling in the same boundary waits, when it comes in time", async () => {
    const { Blocked, unblock } = blocker();
    const page = await open(
      <>
        <Title />
        <Blocked />
      </>,
    );
    await page.device.accept({ title: "hello" });
    await pass(LEASE_MS - 100);
    expect(page.text).toBe("waiting");
    await unblock();
    expect(page.text).toBe("hello ");
    await pass(60_000);
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 0]);
  });

  test("is mounted again for a sibling that took longer", async () => {
    const { Blocked, unblock } = blocker();
    const page = await open(
      <>
        <Title />
        <Blocked />
      </>,
    );
    await page.device.accept({ title: "hello" });
    await pass(LEASE_MS + 10);
    expect(page.device.left()).toBe(1);
    await unblock();
    expect(page.text).toBe("waiting");
    await page.device.accept({ title: "again" });
    expect(page.text).toBe("again ");
  });
});

/** Two routes, each with a boundary of its own. */
function Routes({ strict }: { strict: boolean }) {
  const [id, setId] = useState("list");
  go = (next) => act(async () => startTransition(() => setId(next)));
  const route = (
    <Suspense key={strict ? "" : id} fallback={`${id} comes`}>
      <Title key={id} id={id} />
    </Suspense>
  );
  return strict ? <StrictMode>{route}</StrictMode> : route;
}
let go: (next: string) => Promise<void>;

describe("a change of the route under startTransition", () => {
  test.each([
    ["with a boundary for each route", false],
    ["with one boundary, in StrictMode", true],
  ])("%s, mounts the next root once and unmounts only the last", async (_how, strict) => {
    const page = await open(<Routes strict={strict} />);
    await page.device.accept({ title: "List" }, "list");
    expect(page.text).toBe("List ");
    await go("detail");
    await pass(10);
    expect(page.text).toBe(strict ? "List " : "detail comes"); // a transition keeps what is shown
    await page.device.accept({ title: "Detail" }, "detail");
    await pass(60_000);
    expect(page.text).toBe("Detail ");
    expect(page.device.joins("detail")).toHaveLength(1);
    expect([page.device.left("list"), page.device.left("detail")]).toEqual([1, 0]);
  });

  test("that is given up leaves the root that it began to mount", async () => {
    const page = await open(<Routes strict />);
    await page.device.accept({ title: "List" }, "list");
    await go("detail");
    await go("list");
    await page.device.accept({ title: "Detail" }, "detail");
    await pass(LEASE_MS + 10);
    expect(page.text).toBe("List ");
    expect([page.device.left("list"), page.device.left("detail")]).toEqual([0, 1]);
  });
});
