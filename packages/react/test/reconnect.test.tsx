import { describe, expect, test } from "vitest";
import { patch } from "../../client/test/support/envelopes.js";
import type { StoreProxy } from "../src/index.js";
import type { Device, Stores } from "./support/device.js";
import { musubi, open, PAGE, within } from "./support/page.js";
import { act } from "./support/render.js";

const { useMusubiBuildChange, useMusubiRoot, useMusubiSnapshot, useMusubiStatus } = musubi;
type Page = StoreProxy<"Demo.Page", Stores>;

/** A page that notes every frame that it shows. */
async function recorded() {
  const frames: unknown[] = [];
  const stores = new Set<unknown>();
  function Shell() {
    const root = useMusubiRoot(PAGE);
    return root.status === "ready" ? <Content store={root.store} /> : null;
  }
  function Content({ store }: { store: Page }) {
    const title = useMusubiSnapshot(store)?.title;
    frames.push(title);
    stores.add(store);
    return <>{title}</>;
  }
  const page = await open(<Shell />);
  await page.device.accept({ title: "before" });
  return Object.assign(page, { frames, stores });
}

describe("no undefined frame, and the same store", () => {
  test.each([
    ["a rejoin", 1, (device: Device) => device.last().emit("phx_error")],
    ["a recovery from a gap in the versions", 2, (device: Device) => device.last().emit("patch", patch(98))],
  ])("across %s", async (_name, channels, breakIt) => {
    const page = await recorded();
    await act(async () => breakIt(page.device));
    expect(page.text).toBe("before");
    await page.device.accept({ title: "after" });
    expect(page.text).toBe("after");
    expect(page.device.channels).toHaveLength(channels);
    expect(new Set(page.frames)).toEqual(new Set(["before", "after"]));
    expect(page.stores.size).toBe(1);
  });
});

describe("useMusubiStatus", () => {
  test("follows the socket", async () => {
    const page = await open(<Status />);
    expect(page.text).toBe("ready");
    await act(async () => page.device.fire("close"));
    expect(page.text).toBe("reconnecting");
    await act(async () => page.device.fire("open"));
    expect(page.text).toBe("ready");
  });
  const Status = () => <>{useMusubiStatus()}</>;
});

describe("useMusubiBuildChange", () => {
  function Update() {
    useMusubiRoot(PAGE);
    const change = useMusubiBuildChange();
    return <>{change ? `${change.from} to ${change.to}` : "up to date"}</>;
  }
  const join = (device: Device, build: string) =>
    act(async () => device.last().joinPush.reply("ok", { build }));

  test("tells that the server was replaced under the page, also to who comes later", async () => {
    const page = await open(<Update />);
    await join(page.device, "1.0");
    expect(page.text).toBe("up to date");
    await join(page.device, "1.1");
    expect(page.text).toBe("1.0 to 1.1");
    await page.change(within(page.connection, <Update key="later" />));
    expect(page.text).toBe("1.0 to 1.1");
  });
});
