import { connect } from "@musubi/client";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { Phoenix } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";
import { modules } from "../support/wire.js";

// No input of one root can hurt another root of the page.
let server: Program;
const open: Phoenix[] = [];
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
afterEach(async () => {
  for (const phoenix of open.splice(0)) await phoenix.close();
});

async function page(options = {}, to = server) {
  const phoenix = new Phoenix(to, options);
  open.push(phoenix);
  const connection = await connect(phoenix.socket);
  return { phoenix, connection };
}
const beta = { module: modules.beta, id: "b", params: { label: "one" } };
const witness = { module: modules.witness, id: "w" };

describe("beside a root that goes on", () => {
  let here: Awaited<ReturnType<typeof page>>;
  let bystander: any;
  beforeEach(async () => {
    here = await page();
    bystander = (await here.connection.mountStore(witness)).store;
    await bystander.dispatchCommand("increment");
    await eventually(() => expect(bystander.count).toBe(1));
  });
  afterEach(async () => {
    // Its count would be gone if it had been mounted anew.
    await bystander.dispatchCommand("increment");
    await eventually(() => expect(bystander.count).toBe(2));
    expect(here.phoenix.closes).toEqual([]);
  });

  test("half an emoji arrives as U+FFFD, in a command, in params and in an id", async () => {
    const half = "a\ud83d";
    const mounted = await here.connection.mountStore({ ...beta, id: half, params: { label: half } });
    expect(mounted.store.label).toBe("a\ufffd");
    const reply = await mounted.store.dispatchCommand("echo", { label: "\ude00z" });
    expect(reply).toMatchObject({ label: "\ufffdz" });
  });

  test.each([
    ["U+0000", "a\u0000b"],
    ["no text at all", { deep: [[[[[[[[1]]]]]]]] }],
    ["a text beyond every limit", "x".repeat(200_000)],
  ])("%s is taken or refused, and that is all", async (_what, label) => {
    const { store } = await here.connection.mountStore(beta);
    const outcome = await store.dispatchCommand("rename", { label }).catch((error: Error) => error);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ kind: "failed" });
    expect(await store.dispatchCommand("rename", { label: "two" })).toEqual({});
  });

  test.each([
    ["a cycle", () => Object.assign({}, { get label(): object { return this; } })],
    ["a bigint", () => ({ label: 1n })],
  ])("%s rejects, and nothing is sent", async (_what, payload) => {
    const { store } = await here.connection.mountStore(beta);
    const before = here.phoenix.passed.filter(({ dir }) => dir === "out").length;
    await expect(store.dispatchCommand("rename", payload() as object)).rejects.toThrow();
    expect(here.phoenix.passed.filter(({ dir }) => dir === "out")).toHaveLength(before);
  });

  test("params that do not fit reject their mount", async () => {
    const mounting = here.connection.mountStore({ ...beta, id: "x", params: { label: 7 } });
    await expect(mounting).rejects.toThrow("Root join failed: invalid params");
    await expect(mounting).rejects.toMatchObject({ name: "MusubiMountError", field: "label" });
  });
});

test("a mount whose connection ends twice before the answer rejects; the other root comes back", async () => {
  const poison = `musubi:connection:${modules.beta}:poison`;
  const { connection, phoenix } = await page({
    // The connection dies of the answer, as it does of a proxy that cannot bear it.
    drop: ([, , topic]: string[]) => {
      if (topic !== poison) return false;
      phoenix.cut();
      return true;
    },
  });
  const { store } = await connection.mountStore(witness);
  const mounting = connection.mountStore({ ...beta, id: "poison" });
  await expect(mounting).rejects.toThrow("the connection ended twice before the answer");
  await eventually(() => expect(connection.status()).toBe("ready"));
  await eventually(() => store.dispatchCommand("increment"));
  const closes = phoenix.closes.length;
  await expect(store.dispatchCommand("increment")).resolves.toEqual({});
  expect([closes, phoenix.closes.length]).toEqual([2, 2]); // and is not asked for again
});

test("a mount while the server is away waits for it, or as long as it was told to", async () => {
  const first = await conformanceServer();
  await first.stop();
  const { connection } = await page({}, first);
  const impatient = connection.mountStore({ ...beta, id: "soon", timeout: 100 });
  const patient = connection.mountStore(beta);
  await expect(impatient).rejects.toThrow("Root join timed out");
  expect(connection.status()).toBe("connecting");
  const second = await conformanceServer({ port: first.port });
  expect((await patient).store.label).toBe("one");
  await connection.disconnect();
  await second.stop();
});
