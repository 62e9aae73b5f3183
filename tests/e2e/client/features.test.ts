import { connect, waitFor, type MusubiConnection } from "@musubi/client";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Phoenix } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";

// Stores in stores, streams, async values, events and hooks: @musubi/client against the real server.
let server: Program;
let phoenix: Phoenix;
let connection: MusubiConnection<any>;
let store: any;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
beforeEach(async () => {
  phoenix = new Phoenix(server);
  connection = await connect(phoenix.socket);
  ({ store } = await connection.mountStore({ module: "Conformance.Stores.Cart", id: "c", params: {} }));
});
afterEach(async () => {
  await connection.disconnect();
  await phoenix.close();
});

const loading = { status: "loading", data: null, error: null };
const line = (sku: string, place: string[], more = {}) => ({
  __musubi_store_id__: place,
  sku,
  qty: 0,
  changes: [],
  price: loading,
  ...more,
});
const until = (holds: (snapshot: any) => boolean) =>
  waitFor(store, (snapshot: any) => (snapshot && holds(snapshot) ? snapshot : undefined));

describe("stores in a store", () => {
  test("are there with it, each with its own commands", async () => {
    expect(store.snapshot()).toEqual({
      __musubi_store_id__: [],
      units: 0,
      lines: [line("mug", ["lines", "mug"]), line("pen", ["lines", "pen"])],
      gift: null,
    });
    expect(await store.lines[1].dispatchCommand("add", { by: 2 })).toEqual({ qty: 2 });
    const after: any = await until(({ units }) => units === 2);
    expect(after.lines.map(({ qty }: any) => qty)).toEqual([0, 2]);
  });

  test("keep what they know when they move, and are the same to whoever holds them", async () => {
    const pen = store.lines[1];
    await pen.dispatchCommand("add", { by: 4 });
    await store.dispatchCommand("put", { skus: ["cup", "pen", "mug"] });
    const after: any = await until(({ lines }) => lines.length === 3);
    expect(after.lines.map(({ sku, qty }: any) => [sku, qty])).toEqual([
      ["cup", 0],
      ["pen", 4],
      ["mug", 0],
    ]);
    expect(pen.qty).toBe(4);
    expect(store.lines[1]).toBe(pen);
  });

  test("are gone when they are not placed any more, and come back afresh", async () => {
    const mug = store.lines[0];
    await mug.dispatchCommand("add", { by: 1 });
    await store.dispatchCommand("put", { skus: ["pen"] });
    await until(({ lines }) => lines.length === 1);
    expect(mug.snapshot()).toBeUndefined();
    await expect(mug.dispatchCommand("add", { by: 1 })).rejects.toMatchObject({ code: "unknown store" });
    await store.dispatchCommand("put", { skus: ["pen", "mug"] });
    const after: any = await until(({ lines }) => lines.length === 2);
    expect(after.lines[1].qty).toBe(0);
  });

  test("may be there or not", async () => {
    await store.dispatchCommand("wrap", { gift: true });
    expect(await until(({ gift }) => gift !== null)).toMatchObject({ gift: line("card", ["gift"]) });
    await store.dispatchCommand("wrap", { gift: false });
    expect(await until(({ gift }) => gift === null)).toMatchObject({ gift: null });
  });
});

test("a stream of a child holds what it was limited to, the newest first", async () => {
  const mug = store.lines[0];
  for (const by of [1, 2, 3, 4]) await mug.dispatchCommand("add", { by });
  const after: any = await until(({ units }) => units === 10);
  expect(after.lines[0].changes.map(({ qty }: any) => qty)).toEqual([10, 6, 3]);
});

test("an event of a child reaches who listens to that child", async () => {
  const heard: unknown[] = [];
  store.lines[0].handleEvent("full", (payload: unknown) => heard.push(["mug", payload]));
  store.lines[1].handleEvent("full", (payload: unknown) => heard.push(["pen", payload]));
  await store.lines[1].dispatchCommand("add", { by: 12 });
  await until(({ units }) => units === 12);
  expect(heard).toEqual([["pen", { qty: 12 }]]);
});

test("an async value of a child fails and succeeds", async () => {
  const mug = store.lines[0];
  await mug.dispatchCommand("appraise", {});
  let after: any = await until(({ lines }) => lines[0].price.status === "failed");
  expect(after.lines[0].price).toEqual({
    status: "failed",
    data: null,
    error: { kind: "error", value: "nothing there" },
  });
  await mug.dispatchCommand("add", { by: 2 });
  await mug.dispatchCommand("appraise", {});
  after = await until(({ lines }) => lines[0].price.status === "ok");
  expect(after.lines[0].price).toEqual({ status: "ok", data: 300, error: null });
});

test("a hook of the root denies a command of a child, with status ok", async () => {
  expect(await store.lines[0].dispatchCommand("add", { by: -1 })).toEqual({
    ok: false,
    reason: "unauthorized",
  });
  expect(store.lines[0].qty).toBe(0);
});
