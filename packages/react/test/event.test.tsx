import { describe, expect, test, vi } from "vitest";
import type { StoreProxy } from "../src/index.js";
import type { Stores } from "./support/device.js";
import { musubi, open, PAGE } from "./support/page.js";
import { show } from "./support/render.js";

const { useMusubiEvent, useMusubiRootSuspense } = musubi;

function Toasts({ onToast }: { onToast: (payload: { msg: string }) => void }) {
  useMusubiEvent(useMusubiRootSuspense(PAGE), "toast", onToast);
  return null;
}
const toast = (msg: string) => ({ events: [{ store_id: [], name: "toast", payload: { msg } }] });

describe("useMusubiEvent", () => {
  test("calls its handler for each event, until the component goes", async () => {
    const heard = vi.fn();
    const page = await open(<Toasts onToast={heard} />);
    await page.device.accept();
    await page.device.send(toast("one"));
    await page.device.send(toast("two"));
    expect(heard.mock.calls).toEqual([[{ msg: "one" }], [{ msg: "two" }]]);
    await page.remove();
    await page.device.send(toast("three"));
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test("calls the handler of the latest render, and does not subscribe anew for it", async () => {
    let emit: (payload: { msg: string }) => void = () => undefined;
    const handleEvent = vi.fn((_name: string, handler: typeof emit) => {
      emit = handler;
      return () => undefined;
    });
    const store = { handleEvent } as unknown as StoreProxy<"Demo.Page", Stores>;
    const Toasts = ({ onToast }: { onToast: typeof emit }) => {
      useMusubiEvent(store, "toast", onToast);
      return null;
    };
    const [first, second] = [vi.fn(), vi.fn()];
    const page = await show(<Toasts onToast={first} />);
    await page.change(<Toasts onToast={second} />);
    expect(handleEvent).toHaveBeenCalledOnce();
    emit({ msg: "one" });
    expect([first.mock.calls, second.mock.calls]).toEqual([[], [[{ msg: "one" }]]]);
  });
});
