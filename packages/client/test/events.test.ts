import { describe, expect, test, vi } from "vitest";
import type { PushEvent } from "../src/index.js";
import { child, firstPatch, patch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";

const toast = (msg: string, store_id: string[] = []): PushEvent => ({
  store_id,
  name: "toast",
  payload: { msg },
});

describe("handleEvent", () => {
  test("is called for each event of its name and store, in order", async () => {
    const { store, channel } = await mount({ cover: child(["cover"]) });
    const seen: string[] = [];
    store.handleEvent("toast", ({ msg }) => seen.push(msg));
    channel.emit(
      "patch",
      patch(1, {
        events: [toast("a"), { ...toast("no"), name: "other" }, toast("no", ["cover"]), toast("b")],
      }),
    );
    expect(seen).toEqual(["a", "b"]);
  });

  test("is called after the state is applied and subscribers are told", async () => {
    const { store, channel } = await mount({ title: "a" });
    const order: string[] = [];
    store.handleEvent("toast", () => order.push(`event sees ${store.title}`));
    store.subscribe(() => order.push("subscriber"));
    const ops = [{ op: "replace", path: "/title", value: "b" } as const];
    channel.emit("patch", patch(1, { ops, events: [toast("x")] }));
    expect(order).toEqual(["subscriber", "event sees b"]);
  });

  test("survives a reconnect, until it is given up", async () => {
    const { store, channel } = await mount();
    const handler = vi.fn();
    const off = store.handleEvent("toast", handler);
    channel.emit("phx_error");
    channel.emit("patch", firstPatch({}, { events: [toast("a")] }));
    expect(handler).toHaveBeenCalledTimes(1);
    off();
    channel.emit("patch", patch(1, { events: [toast("b")] }));
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test("misses the events of an envelope that was refused", async () => {
    const { store, channel } = await mount();
    const handler = vi.fn();
    store.handleEvent("toast", handler);
    channel.emit("patch", patch(5, { events: [toast("lost")] }));
    expect(handler).not.toHaveBeenCalled();
  });
});
