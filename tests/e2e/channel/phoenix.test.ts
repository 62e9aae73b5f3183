import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { Phoenix, Root } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";
import { modules } from "../support/wire.js";

// The npm client as an application uses it, and its own notion of what happened.
let server: Program;
let phoenix: Phoenix;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
beforeEach(async () => {
  phoenix = new Phoenix(server, { params: { current_user: "ada" } });
  await phoenix.open();
});
afterEach(() => phoenix.close());

const states = (root: Root) => root.patches.filter((p) => p.base_version === 0).map((p) => p.ops[0].value);

describe("a channel", () => {
  test("joins, commands and leaves", async () => {
    const root = new Root(phoenix, modules.beta, "b", { label: "one" });
    expect(await root.join()).toEqual(["ok", { root_id: `${modules.beta}:b` }]);
    expect(await root.command("echo", { label: "x" })).toEqual(["ok", { ok: true, label: "x" }]);
    expect(await root.command("rename", { label: "two" })).toEqual(["ok", {}]);
    await phoenix.flush();
    expect(root.patches.map(({ version }) => version)).toEqual([1, 2]);
    expect(await root.leave()).toEqual(["ok", {}]);
    await phoenix.flush();
    expect(phoenix.arrived("phx_close")).toHaveLength(1);
    expect(root.errors).toBe(0);
  });

  test.each(["plain", "with blanks", 'quoted "id"', "back\\slash", "Zürich/☕/😀", "a:b:c"])(
    "may have the id %j",
    async (id) => {
      const root = new Root(phoenix, modules.witness, id);
      expect(await root.join()).toEqual(["ok", { root_id: `${modules.witness}:${id}` }]);
      expect(await root.command("increment")).toEqual(["ok", {}]);
      await phoenix.flush();
      expect(root.patches.at(-1)).toMatchObject({ version: 2, root_id: `${modules.witness}:${id}` });
    },
  );

  test("is refused with the reason, and joins when there is none any more", async () => {
    const root = new Root(phoenix, modules.fragile, "f", { mount: "refuse" });
    expect(await root.join()).toEqual(["error", { reason: "not today" }]);
    // phoenix.js tries again and again until somebody leaves.
    await eventually(() => expect(phoenix.arrived("phx_reply").length).toBeGreaterThan(2));
    await root.leave();
  });

  test("that is left and joined at once is a new root, and the old one is over", async () => {
    const first = new Root(phoenix, modules.witness, "again");
    await first.join();
    await first.command("increment");
    void first.leave();
    const second = new Root(phoenix, modules.witness, "again");
    expect(await second.join()).toMatchObject(["ok", {}]);
    expect(await second.command("increment")).toEqual(["ok", {}]);
    await phoenix.flush();
    expect(second.patches).toMatchObject([{ version: 1 }, { base_version: 1, version: 2 }]);
    expect(first.patches).toHaveLength(2);
    expect([second.errors, second.closes]).toEqual([0, 0]);
  });

  test("that is joined again by another object gives way to it", async () => {
    const first = new Root(phoenix, modules.witness, "twice");
    await first.join();
    // phoenix.js sees to it: it leaves the first before it joins the second.
    const second = new Root(phoenix, modules.witness, "twice");
    expect(await second.join()).toMatchObject(["ok", {}]);
    expect(await second.command("increment")).toEqual(["ok", {}]);
    await phoenix.flush();
    expect(second.patches.map(({ version }) => version)).toEqual([1, 2]);
  });

  test("whose root breaks is told phx_error, and joins anew by itself", async () => {
    const root = new Root(phoenix, modules.fragile, "f");
    await root.join();
    await root.command("increment");
    void root.command("throw");
    await eventually(() => expect(root.joins).toHaveLength(2));
    await phoenix.flush();
    expect(root.errors).toBe(1);
    expect(states(root)).toMatchObject([{ count: 0 }, { count: 0 }]);
    expect(phoenix.closes).toEqual([]);
    expect(await root.command("increment")).toEqual(["ok", {}]);
  });
});

describe("a connection", () => {
  test("that drops is opened again and its channels rejoin, from version 1", async () => {
    const roots = ["one", "two"].map((id) => new Root(phoenix, modules.witness, id));
    for (const root of roots) {
      await root.join();
      await root.command("increment");
    }
    phoenix.cut();
    await eventually(() => expect(roots.map((root) => root.joins.length)).toEqual([2, 2]));
    await phoenix.flush();
    for (const root of roots) {
      expect(root.patches.map((p) => [p.base_version, p.version])).toEqual([[0, 1], [1, 2], [0, 1]]);
      expect(await root.command("increment")).toEqual(["ok", {}]);
    }
  });

  test("carries a hundred channels, and refuses the hundred and first alone", async () => {
    const roots = Array.from({ length: 101 }, (_, i) => new Root(phoenix, modules.witness, `r${i}`));
    const outcomes = await Promise.all(roots.map((root) => root.join()));
    expect(outcomes.slice(0, 100).every(([status]) => status === "ok")).toBe(true);
    expect(outcomes[100]).toEqual(["error", { reason: "too many channels joined" }]);

    // It keeps trying; as soon as one leaves, it is in.
    await roots[0]?.leave();
    await eventually(() => expect(roots[100]?.joins).toHaveLength(1));
    const replies = await Promise.all(roots.slice(1).map((root) => root.command("increment")));
    expect(replies.every(([status]) => status === "ok")).toBe(true);
  });

  test("stays open with heartbeats, each of which is answered", async () => {
    const beating = new Phoenix(server, { heartbeatIntervalMs: 20 });
    await beating.open();
    await eventually(() => expect(beating.arrived("phx_reply").length).toBeGreaterThan(4));
    for (const [joinRef, , topic, , payload] of beating.arrived()) {
      expect([joinRef, topic, payload]).toEqual([null, "phoenix", { status: "ok", response: {} }]);
    }
    expect(beating.closes).toEqual([]);
    await beating.close();
  });
});

// Users leave in every way there is, and nothing of them stays (users.md, 6).
test("a storm of clients leaves nothing behind", async () => {
  const used = async () => {
    const metrics = await (await fetch(server.url("http", "/metrics"))).text();
    const lines = metrics.matchAll(/^musubi_pool_used\{pool="(\w+)",block_bytes="(\d+)"\} (\d+)$/gm);
    return Object.fromEntries([...lines].map(([, name, bytes, count]) => [`${name}/${bytes}`, Number(count)]));
  };
  const before = await used();
  expect(Object.keys(before)).toContainEqual(expect.stringMatching(/^pages\//));
  for (let round = 0; round < 5; ++round) {
    const clients = Array.from({ length: 20 }, () => new Phoenix(server));
    await Promise.all(
      clients.map(async (client, i) => {
        await client.open();
        const roots = [modules.board, modules.pulse, modules.slow].map((m) => new Root(client, m, "x"));
        await Promise.all(roots.map((root) => root.join()));
        if (i % 4 === 0) void roots[2]?.command("wait");
        if (i % 4 === 1) await roots[0]?.command("post", { text: "hello" });
        if (i % 4 === 2) await roots[1]?.leave();
        if (i % 2 === 0) client.cut();
        await client.close();
      }),
    );
  }
  await eventually(async () => expect(await used()).toEqual(before));
});
