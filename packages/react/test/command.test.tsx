import { describe, expect, test, vi } from "vitest";
import { MusubiCommandError, type MusubiCommand } from "../src/index.js";
import type { Stores } from "./support/device.js";
import { musubi, open, PAGE, within } from "./support/page.js";
import { act } from "./support/render.js";

const { useMusubiCommand, useMusubiRootSuspense } = musubi;
type Reset = MusubiCommand<"Demo.Page", "reset", Stores>;

/** A page with a command, which the test sends and answers. */
async function form() {
  const own: { command?: Reset; renders: number } = { renders: 0 };
  function Form() {
    const store = useMusubiRootSuspense(PAGE);
    own.command = useMusubiCommand(store, "reset");
    own.renders += 1;
    const { isPending, error, data } = own.command;
    return <>{isPending ? "pending" : (error?.message ?? (data ? JSON.stringify(data) : "idle"))}</>;
  }
  const page = await open(<Form />);
  await page.device.accept();
  const outcomes: unknown[] = [];
  const noted = (value: unknown) => void outcomes.push(value);
  const dispatch = () => act(async () => void own.command!.dispatch().then(noted, noted));
  const answer = (at: number, status: "ok" | "error", reply: unknown) =>
    act(async () => page.device.last().pushes[at]!.reply(status, reply));
  return Object.assign(page, { own, outcomes, dispatch, answer });
}

describe("useMusubiCommand", () => {
  test("gives the same dispatch for the same store and name", async () => {
    const page = await form();
    const { dispatch } = page.own.command!;
    await page.dispatch();
    expect(page.own.renders).toBeGreaterThan(1);
    expect(page.own.command!.dispatch).toBe(dispatch);
  });

  test("is pending, then has the reply", async () => {
    const page = await form();
    expect(page.text).toBe("idle");
    await page.dispatch();
    expect(page.text).toBe("pending");
    expect(page.device.last().lastPush.payload).toEqual({ store_id: [], name: "reset", payload: {} });
    await page.answer(0, "ok", { cleared: 2 });
    expect(page.text).toBe('{"cleared":2}');
    expect(page.outcomes).toEqual([{ cleared: 2 }]);
  });

  test("of a command without a reply has an empty object", async () => {
    const page = await form();
    await page.dispatch();
    await page.answer(0, "ok", {});
    expect(page.own.command).toMatchObject({ data: {}, error: null, isPending: false });
  });

  test("has the error of a command that is refused, and dispatch rejects with it", async () => {
    const page = await form();
    await page.dispatch();
    await page.answer(0, "error", { code: "full" });
    const { error, data } = page.own.command!;
    expect(MusubiCommandError.is(error)).toBe(true);
    expect([error?.kind, error?.code, data]).toEqual(["failed", "full", null]);
    expect(page.outcomes).toEqual([error]);
  });

  test("makes a command error of any other, with that as its cause", async () => {
    const page = await form();
    await act(async () => page.device.last().emit("phx_error"));
    await page.dispatch();
    const { error } = page.own.command!;
    expect(error).toMatchObject({
      kind: "failed",
      command: "reset",
      storeId: [],
      reply: { error: "Store is not connected" },
      cause: new Error("Store is not connected"),
    });
    expect(page.outcomes).toEqual([error]);
  });

  test("forgets its outcome on reset", async () => {
    const page = await form();
    await page.dispatch();
    await page.answer(0, "ok", { cleared: 2 });
    await act(async () => page.own.command!.reset());
    expect(page.text).toBe("idle");
  });

  test("shows only what became of the latest of several dispatches", async () => {
    const page = await form();
    await page.dispatch();
    await page.dispatch();
    await page.answer(1, "ok", { cleared: 2 });
    expect(page.text).toBe('{"cleared":2}');
    await page.answer(0, "error", { code: "late" });
    expect(page.text).toBe('{"cleared":2}');
    expect(page.outcomes).toHaveLength(2); // but each caller hears of his own
  });

  test("does not show what a dispatch comes to that a reset has forgotten", async () => {
    const page = await form();
    await page.dispatch();
    await act(async () => page.own.command!.reset());
    expect(page.text).toBe("idle");
    await page.answer(0, "ok", { cleared: 2 });
    expect(page.text).toBe("idle");
    expect(page.outcomes).toEqual([{ cleared: 2 }]);
  });

  test("sets nothing when the component is gone", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const page = await form();
    await page.dispatch();
    const { renders } = page.own;
    await page.remove();
    await page.answer(0, "ok", {});
    expect([page.own.renders, error.mock.calls]).toEqual([renders, []]);
  });

  test("starts over for another command", async () => {
    function Form({ name }: { name: "reset" | "rename" }) {
      const { dispatch, isPending } = useMusubiCommand(useMusubiRootSuspense(PAGE), name);
      send = dispatch as () => Promise<unknown>;
      return <>{`${name} ${isPending}`}</>;
    }
    let send: () => Promise<unknown> = async () => undefined;
    const page = await open(<Form name="reset" />);
    await page.device.accept();
    await act(async () => void send().catch(() => undefined));
    expect(page.text).toBe("reset true");
    await page.change(within(page.connection, <Form name="rename" />));
    expect(page.text).toBe("rename false");
  });
});

test("a command error of another copy of the client is known by its name", async () => {
  vi.resetModules();
  const { MusubiCommandError: Other } = await import("@musubi/client");
  expect(Other).not.toBe(MusubiCommandError);
  const error = new Other({ kind: "failed", command: "reset", storeId: [] });
  expect(MusubiCommandError.is(error)).toBe(true);
});
