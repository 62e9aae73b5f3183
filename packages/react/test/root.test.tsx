import { StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { musubi, open, PAGE, within } from "./support/page.js";
import { act } from "./support/render.js";

const { useMusubiRoot } = musubi;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

function Title({ id = "main", params }: { id?: string; params?: Record<string, unknown> }) {
  const root = useMusubiRoot({ ...PAGE, id, ...(params && { params }) });
  if (root.status === "error") return <>{root.error.message}</>;
  return <>{root.status === "ready" ? `${root.store.title} ` : "loading "}</>;
}

describe("a root that a component mounts", () => {
  test("is loading, then ready; it is left when the component goes", async () => {
    const page = await open(<Title params={{ filter: "active" }} />);
    expect(page.text).toBe("loading ");
    expect(page.device.last().payload).toEqual({ ...PAGE, params: { filter: "active" } });
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello ");
    await page.remove();
    expect(page.device.left()).toBe(0); // not yet: somebody may come in the same commit
    await pass(10);
    expect(page.device.left()).toBe(1);
  });

  test("is mounted once by StrictMode, which replays effects while the mount is under way", async () => {
    const page = await open(
      <StrictMode>
        <Title />
      </StrictMode>,
    );
    await pass(10);
    expect(page.device.joins()).toHaveLength(1);
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello ");
    expect(page.device.left()).toBe(0);
    await page.remove();
    await pass(10);
    expect(page.device.left()).toBe(1);
  });

  test("fails with its reason, and unmounts nobody else's", async () => {
    const page = await open(
      <>
        <Title />
        <Title id="other" />
      </>,
    );
    await page.device.accept({ title: "hello" });
    await page.device.refuse("unknown root", "other");
    expect(page.text).toBe("hello Root join failed: unknown root");
    await page.change(within(page.connection, <Title />));
    await pass(10);
    expect(page.text).toBe("hello ");
    expect(page.device.left()).toBe(0);
  });

  test("that failed is tried anew by a component that takes the place of the last", async () => {
    const page = await open(<Title key={1} />);
    await page.device.refuse("busy");
    expect(page.text).toBe("Root join failed: busy");
    await page.change(within(page.connection, <Title key={2} />));
    expect(page.device.joins()).toHaveLength(2);
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello ");
  });

  test("stays for a component that takes the place of the last in one commit", async () => {
    const page = await open(<Title key={1} />);
    await page.device.accept({ title: "hello" });
    await page.change(within(page.connection, <Title key={2} />));
    await pass(10);
    expect(page.text).toBe("hello ");
    expect([page.device.joins().length, page.device.left()]).toEqual([1, 0]);
  });

  test("is left when the component turns to another", async () => {
    const page = await open(<Title />);
    await page.device.accept({ title: "hello" });
    await page.change(within(page.connection, <Title id="b" />));
    expect(page.text).toBe("loading ");
    await pass(10);
    expect(page.device.left()).toBe(1);
    await page.device.accept({ title: "other" }, "b");
    expect(page.text).toBe("other ");
  });

  test("is left when the component goes before it is ready", async () => {
    const page = await open(<Title />);
    await page.remove();
    await pass(10);
    await page.device.accept({ title: "hello" });
    await pass(10);
    expect(page.device.left()).toBe(1);
  });

  test("is one for equal params, whatever their order", async () => {
    const page = await open(
      <>
        <Title params={{ a: 1, b: 2 }} />
        <Title params={{ b: 2, a: 1 }} />
      </>,
    );
    expect(page.device.joins()).toHaveLength(1);
    await page.device.accept({ title: "hello" });
    expect(page.text).toBe("hello hello ");
    await page.change(within(page.connection, <Title params={{ a: 1, b: 2 }} />));
    await pass(10);
    expect(page.device.left()).toBe(0);
  });

  test("stays mounted with unmountOnCleanup: false, and is there for who comes later", async () => {
    const Kept = () => <>{useMusubiRoot({ ...PAGE, unmountOnCleanup: false }).status}</>;
    const page = await open(<Kept />);
    await page.device.accept();
    await page.change(within(page.connection, null));
    await pass(60_000);
    expect(page.device.left()).toBe(0);
    await page.change(within(page.connection, <Kept />));
    expect([page.text, page.device.joins().length]).toEqual(["ready", 1]);
  });

  test("says whether it is live", async () => {
    const Live = () => <>{`${useMusubiRoot(PAGE).isLive}`}</>;
    const page = await open(<Live />);
    expect(page.text).toBe("false");
    await page.device.accept();
    expect(page.text).toBe("true");
    await act(async () => page.device.last().emit("phx_error"));
    expect(page.text).toBe("false");
    await page.device.accept();
    expect(page.text).toBe("true");
  });
});
