import {
  connect,
  MusubiCommandError,
  type ConnectionStatus,
  type MusubiConnection,
} from "@musubi/client";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { eventually } from "../support/eventually.js";
import { Phoenix } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";
import { modules } from "../support/wire.js";

// @musubi/client over the npm phoenix client, against the real server.
let server: Program;
let phoenix: Phoenix;
let connection: MusubiConnection<any>;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
beforeEach(async () => {
  phoenix = new Phoenix(server, { params: { current_user: "ada" } });
  connection = await connect(phoenix.socket);
});
afterEach(async () => {
  await connection.disconnect();
  await phoenix.close();
});

const beta = { module: modules.beta, id: "b", params: { label: "one" } };
const count = (dir: "in" | "out", event: string) =>
  phoenix.passed.filter((each) => each.dir === dir && each.frame[3] === event).length;

describe("a mounted store", () => {
  test("shows the state, and its changes", async () => {
    const { store } = await connection.mountStore(beta);
    expect(store.snapshot()).toEqual({ __musubi_store_id__: [], label: "one", current_user: "ada" });
    const changed = new Promise<void>((resolve) => store.subscribe(resolve));
    expect(await store.dispatchCommand("rename", { label: "two" })).toEqual({});
    await changed;
    expect(store.label).toBe("two");
  });

  test("answers a command with its reply", async () => {
    const { store } = await connection.mountStore(beta);
    const reply = await store.dispatchCommand("echo", { label: "hello" });
    expect(reply).toEqual({ ok: true, label: "hello" });
  });

  test("is shared by who mounts it again, and left after the last has unmounted it", async () => {
    const one = await connection.mountStore(beta);
    const two = await connection.mountStore(beta);
    expect(two.store).toBe(one.store);
    expect(count("out", "phx_join")).toBe(1);
    await one.unmount();
    expect(count("out", "phx_leave")).toBe(0);
    await two.unmount();
    await phoenix.flush();
    expect([count("out", "phx_leave"), count("in", "phx_close")]).toEqual([1, 1]);
  });

  test("moves by itself when its store does", async () => {
    const { store } = await connection.mountStore({ module: modules.pulse, id: "p" });
    const seen = new Set<number>();
    store.subscribe(() => seen.add(store.beat as number));
    await eventually(() => expect(seen.size).toBeGreaterThan(2));
  });

  test("is refused with the server's reason", async () => {
    const refused = connection.mountStore({ module: "No.Such", id: "x" });
    await expect(refused).rejects.toThrow("Root join failed: unknown root");
    await phoenix.flush();
    expect(count("out", "phx_join")).toBe(1);
  });

  test("lists follow the device", async () => {
    const { store } = await connection.mountStore({ module: modules.board, id: "b" });
    const texts = () => store.notes.map((note: { text: string }) => note.text);
    for (let i = 0; i < 10; ++i) await store.dispatchCommand("post", { text: `${i}` });
    await eventually(() => expect(texts()).toEqual(["2", "3", "4", "5", "6", "7", "8", "9"]));
  });
});

describe("a command that goes wrong", () => {
  test.each([
    ["no such command", modules.beta, "nope", {}, "unknown command", {}],
    ["a refusal", modules.fragile, "refuse", {}, "not today", { field: "date" }],
    ["a payload that does not fit", modules.beta, "rename", { label: 1 }, "invalid payload", { field: "label" }],
  ])("%s rejects with its code and reply", async (_name, module, name, payload, code, reply) => {
    const { store } = await connection.mountStore({ module, id: "x", params: { label: "one" } });
    const outcome = await store.dispatchCommand(name, payload).catch((error: unknown) => error);
    expect(MusubiCommandError.is(outcome)).toBe(true);
    expect(outcome).toMatchObject({ kind: "failed", code, reply: { reason: code, ...reply } });
  });

  test("because the store broke rejects with Disconnected; the store is rebuilt", async () => {
    const { store } = await connection.mountStore({ module: modules.fragile, id: "f" });
    await store.dispatchCommand("increment");
    await eventually(() => expect(store.count).toBe(1));
    await expect(store.dispatchCommand("throw")).rejects.toThrow(/^Disconnected$/);
    expect(store.count).toBe(1);
    await eventually(() => expect(store.count).toBe(0));
    expect(connection.status()).toBe("ready");
    expect(await store.dispatchCommand("increment")).toEqual({});
  });
});

describe("recovery", () => {
  test("from a version gap: the last good state stays, then the root is joined anew", async () => {
    let lose = true;
    const lossy = new Phoenix(server, {
      params: { current_user: "ada" },
      drop: ([, , , event, payload]) => lose && event === "patch" && payload.version === 2,
    });
    const other = await connect(lossy.socket);
    const { store } = await other.mountStore({ module: modules.meta, id: "m" });
    const shown: unknown[] = [];
    store.subscribe(() => shown.push(store.snapshot()?.meta));
    await store.dispatchCommand("put", { key: "b", value: "2" });
    lose = false;
    const third = store.dispatchCommand("put", { key: "c", value: "3" });
    await third.catch((error: Error) => expect(error.message).toBe("Version mismatch"));

    const joins = () => lossy.passed.filter(({ dir, frame }) => dir === "out" && frame[3] === "phx_join");
    await eventually(() => expect(joins()).toHaveLength(2));
    await eventually(() => expect(shown).toEqual([{ a: "1" }])); // never a mixture
    expect(await store.dispatchCommand("put", { key: "d", value: "4" })).toEqual({});
    await eventually(() => expect(store.meta).toEqual({ a: "1", d: "4" }));
    const sent = lossy.passed.filter(({ dir }) => dir === "out").map(({ frame }) => frame[3]);
    expect(sent.slice(sent.indexOf("phx_leave"))).toEqual(["phx_leave", "phx_join", "command"]);
    await other.disconnect();
    await lossy.close();
  });

  test("from a dropped connection: the state stays meanwhile, and the status tells", async () => {
    const { store } = await connection.mountStore({ module: modules.witness, id: "w" });
    await store.dispatchCommand("increment");
    await eventually(() => expect(store.count).toBe(1));
    const seen: [ConnectionStatus, unknown][] = [];
    connection.onStatusChange((status) => seen.push([status, store.count]));
    phoenix.cut();
    await eventually(() => expect(store.count).toBe(0)); // mounted anew
    expect(seen).toEqual([["reconnecting", 1], ["ready", 1]]);
    expect(await store.dispatchCommand("increment")).toEqual({});
  });

  test.each(["SIGTERM", "SIGKILL"] as const)("from a server restarted after %s", async (signal) => {
    const first = await conformanceServer({ build: "a1" });
    const client = new Phoenix(first);
    const other = await connect(client.socket);
    const builds: unknown[] = [];
    other.onBuildChange((change) => builds.push(change));
    const { store } = await other.mountStore({ module: modules.witness, id: "w" });
    await store.dispatchCommand("increment");
    await eventually(() => expect(store.count).toBe(1));

    await first.stop(signal);
    await eventually(() => expect(other.status()).toBe("reconnecting"));
    expect(store.count).toBe(1);
    await expect(store.dispatchCommand("increment")).rejects.toThrow("Store is not connected");

    const second = await conformanceServer({ port: first.port, build: "b2" });
    await eventually(() => expect(store.count).toBe(0));
    expect(other.status()).toBe("ready");
    expect(builds).toEqual([{ from: "a1", to: "b2" }]);
    expect(await store.dispatchCommand("increment")).toEqual({});
    await other.disconnect();
    await client.close();
    await second.stop();
  });
});

// The server has no long poll. A page with this option works until one attempt to connect fails; then
// phoenix.js remembers its fallback in the session storage, and no longer tries a WebSocket.
describe("a page with longPollFallbackMs", () => {
  let page: Phoenix;
  let warn: ReturnType<typeof vi.spyOn>;
  const open = (fellBack: boolean) => {
    page = new Phoenix(server, {
      longPollFallbackMs: 5000,
      sessionStorage: {
        getItem: (key) => (fellBack && key === "phx:fallback:LongPoll" ? "true" : null),
        setItem: () => undefined,
        removeItem: () => undefined,
      },
    });
    return connect(page.socket);
  };
  beforeEach(() => void (warn = vi.spyOn(console, "warn").mockImplementation(() => undefined)));
  afterEach(async () => {
    warn.mockRestore();
    await page.close();
  });

  test("is warned, and works while the WebSocket opens", async () => {
    const { store } = await (await open(false)).mountStore(beta);
    expect(store.label).toBe("one");
    expect(warn).toHaveBeenCalledWith(expect.stringContaining("longPollFallbackMs"));
  });

  test("asks in vain once it fell back: it stays connecting, and its mounts time out", async () => {
    const fallen = await open(true);
    const failed = vi.fn();
    page.socket.onError(failed);
    await expect(fallen.mountStore({ ...beta, timeout: 300 })).rejects.toThrow("Root join timed out");
    await eventually(() => expect(failed.mock.calls.length).toBeGreaterThan(1));
    expect([fallen.status(), page.passed]).toEqual(["connecting", []]);
    await fallen.disconnect();
  });
});
