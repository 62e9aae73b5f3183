import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { conformanceServer, type Program } from "../support/program.js";
import { command, error, modules, ok, Wire } from "../support/wire.js";

let server: Program;
let wire: Wire;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
beforeEach(async () => void (wire = await Wire.open(server, { params: { current_user: "ada" } })));
afterEach(() => wire.close());

type Mounted = Awaited<ReturnType<Wire["mount"]>>;
const on = ({ joinRef, topic }: Mounted, payload: unknown) =>
  wire.ask(joinRef, topic, "command", payload);

// Contract section 4.1.
describe("a command message", () => {
  let root: Mounted;
  beforeEach(async () => void (root = await wire.mount(modules.beta, "b", { label: "one" })));

  test("may leave out store_id and payload, and carry what nobody asked for", async () => {
    const witness = await wire.mount(modules.witness, "w");
    const { answer } = await on(witness, { name: "increment", root_id: "old", extra: [1] });
    expect(answer[4]).toEqual(ok({}));
  });

  test.each([
    ["without a name", { store_id: [], payload: {} }],
    ["with an empty name", command("")],
    ["with a name that is no string", { store_id: [], name: 7, payload: {} }],
    ["with a store_id that is no list", { store_id: "x", name: "echo", payload: {} }],
    ["with a payload that is no object", { store_id: [], name: "echo", payload: [1] }],
  ])("%s is refused, and the root lives on", async (_name, payload) => {
    const { ref, answer } = await on(root, payload);
    const refused = error("missing required field");
    expect(answer).toEqual([root.joinRef, ref, root.topic, "phx_reply", refused]);
    expect((await on(root, command("echo", { label: "x" }))).answer[4].status).toBe("ok");
    expect(await wire.flush()).toEqual([]);
  });

  // Contract section 4.8.
  test.each([
    ["is missing", {}, "label"],
    ["is of another type", { label: 7 }, "label"],
    ["is null", { label: null }, "label"],
  ])("whose field %s is refused with the field and what was expected", async (_n, payload, field) => {
    const { answer } = await on(root, command("rename", payload));
    expect(answer[4]).toEqual({
      status: "error",
      response: { reason: "invalid payload", field, expected: expect.stringContaining("string") },
    });
    expect(await wire.flush()).toEqual([]);
  });

  test("may carry fields that the command does not have", async () => {
    const { answer } = await on(root, command("echo", { label: "x", more: { deep: [1, 2] } }));
    expect(answer[4]).toEqual(ok({ ok: true, label: "x" }));
  });
});

// Contract section 4.2.
describe("routing", () => {
  test.each([
    ["an unknown store", { store_id: ["lines", "l1"], name: "echo" }, "unknown store"],
    ["an unknown command", { store_id: [], name: "nope" }, "unknown command"],
    ["both", { store_id: ["nobody"], name: "nope" }, "unknown store"],
  ])("%s", async (_name, payload, reason) => {
    const root = await wire.mount(modules.beta, "b", { label: "one" });
    const { answer } = await on(root, { payload: {}, ...payload });
    expect(answer[4]).toEqual(error(reason));
    expect(await wire.flush()).toEqual([]);
    expect((await on(root, command("echo", { label: "x" }))).answer[4].status).toBe("ok");
  });
});

// Contract sections 4.3 to 4.5.
describe("replies and patches", () => {
  test("the reply comes first, then one patch that covers the whole cycle", async () => {
    const root = await wire.mount(modules.beta, "b", { label: "one" });
    const { ref, answer } = await on(root, command("rename", { label: "two" }));
    expect(answer).toEqual([root.joinRef, ref, root.topic, "phx_reply", ok({})]);
    const envelope = {
      type: "patch",
      root_id: `${modules.beta}:b`,
      base_version: 1,
      version: 2,
      ops: [{ op: "replace", path: "/label", value: "two" }],
      stream_ops: [],
      upload_ops: [],
      events: [],
    };
    expect(await wire.next()).toEqual([root.joinRef, null, root.topic, "patch", envelope]);
    expect(await wire.flush()).toEqual([]);
  });

  test("a command that changed nothing has a reply and no patch", async () => {
    const root = await wire.mount(modules.beta, "b", { label: "one" });
    await on(root, command("rename", { label: "one" }));
    expect(await wire.flush()).toEqual([]);
    await on(root, command("rename", { label: "two" }));
    expect((await wire.next())[4]).toMatchObject({ base_version: 1, version: 2 });
  });

  test("a refusal by the handler is an error reply; the root lives on", async () => {
    const root = await wire.mount(modules.fragile, "f");
    const { answer } = await on(root, command("refuse"));
    expect(answer[4]).toEqual({ status: "error", response: { reason: "not today", field: "date" } });
    expect((await on(root, command("increment"))).answer[4]).toEqual(ok({}));
  });

  test("replies come in the order of the commands, however many at once", async () => {
    const root = await wire.mount(modules.meta, "m");
    const refs = Array.from({ length: 50 }, (_, i) => {
      const ref = wire.ref;
      const payload = command("put", { key: "a", value: `${i}` });
      wire.send([root.joinRef, ref, root.topic, "command", payload]);
      return ref;
    });
    const frames = await wire.flush();
    expect(frames.filter((f) => f[3] === "phx_reply").map((f) => f[1])).toEqual(refs);
    const patches = frames.filter((frame) => frame[3] === "patch").map((frame) => frame[4]);
    patches.forEach((patch, i) => expect(patch).toMatchObject({ base_version: i + 1, version: i + 2 }));
    expect(patches.at(-1).ops).toEqual([{ op: "replace", path: "/meta/a", value: "49" }]);
  });

  test("removals come first, then keys in descending order", async () => {
    const root = await wire.mount(modules.meta, "m");
    await on(root, command("put", { key: "b/~c", value: "2" }));
    expect((await wire.next())[4].ops).toEqual([{ op: "add", path: "/meta/b~1~0c", value: "2" }]);
    await on(root, command("drop", { key: "a" }));
    expect((await wire.next())[4].ops).toEqual([{ op: "remove", path: "/meta/a" }]);
  });
});

describe("a handler that waits", () => {
  test("holds the page's other commands, and nobody else's", async () => {
    const slow = await wire.mount(modules.slow, "s");
    const gate = await wire.mount(modules.gate, "g");
    const [wait, first, second] = [wire.ref, wire.ref, wire.ref];
    wire.send([slow.joinRef, wait, slow.topic, "command", command("wait")]);
    wire.send([slow.joinRef, first, slow.topic, "command", command("touch")]);
    wire.send([slow.joinRef, second, slow.topic, "command", command("touch")]);
    expect(await wire.flush()).toEqual([]);

    const open = wire.ref;
    wire.send([gate.joinRef, open, gate.topic, "command", command("open")]);
    expect(await wire.next()).toMatchObject({ 1: open, 3: "phx_reply" });
    expect(await wire.next()).toMatchObject({ 2: gate.topic, 3: "patch" });
    expect(await wire.next()).toMatchObject({ 1: wait, 4: ok({ touched: 0 }) });
    const rest = await wire.flush();
    expect(rest.filter((f) => f[3] === "phx_reply").map((f) => f[1])).toEqual([first, second]);
    const state: Record<string, number> = {};
    for (const { ops } of rest.filter((f) => f[3] === "patch").map((f) => f[4])) {
      for (const { path, value } of ops) state[path] = value;
    }
    expect(state).toEqual({ "/waited": 1, "/touched": 2 });
  });

  test("can be left, and takes nobody with it", async () => {
    const slow = await wire.mount(modules.slow, "s");
    wire.send([slow.joinRef, wire.ref, slow.topic, "command", command("wait")]);
    wire.send([slow.joinRef, wire.ref, slow.topic, "command", command("touch")]);
    const { answer } = await wire.ask(slow.joinRef, slow.topic, "phx_leave");
    expect(answer[4]).toEqual(ok({}));
    expect((await wire.next())[3]).toBe("phx_close");
    const gate = await wire.mount(modules.gate, "g");
    await on(gate, command("open"));
    expect(await wire.flush()).toMatchObject([{ 3: "patch" }]);
    await wire.mount(modules.slow, "s");
  });

  test("and whose client vanishes, takes nobody with it", async () => {
    const other = await Wire.open(server);
    const slow = await other.mount(modules.slow, "s");
    other.send([slow.joinRef, other.ref, slow.topic, "command", command("wait")]);
    await other.flush();
    other.socket.terminate();
    await other.closed;
    const gate = await wire.mount(modules.gate, "g");
    await on(gate, command("open"));
    expect(await wire.flush()).toMatchObject([{ 3: "patch" }]);
  });

  // Contract section 4.7.
  test("longer than its budget ends the root with phx_error", async () => {
    const hasty = await conformanceServer({ "handler-timeout": 50 });
    const client = await Wire.open(hasty);
    const { joinRef, topic } = await client.mount(modules.slow, "s");
    const { answer } = await client.ask(joinRef, topic, "command", command("wait"));
    expect(answer).toEqual([joinRef, joinRef, topic, "phx_error", {}]);
    await client.mount(modules.slow, "s");
    await hasty.stop();
  });
});

// Contract section 4.6.
describe("a store that breaks", () => {
  test.each([
    ["fails", "fail"],
    ["throws", "throw"],
    ["throws after it waited", "throw_later"],
  ])("%s: no reply, phx_error, and a fresh mount", async (_name, name) => {
    const root = await wire.mount(modules.fragile, "f");
    await on(root, command("increment"));
    await wire.next();
    const { answer } = await on(root, command(name));
    expect(answer).toEqual([root.joinRef, root.joinRef, root.topic, "phx_error", {}]);
    expect(await wire.flush()).toEqual([]);
    const again = await wire.mount(modules.fragile, "f");
    expect(again.patch[4].ops[0].value).toMatchObject({ count: 0 });
  });

  test("in its render, after the reply: phx_error", async () => {
    const root = await wire.mount(modules.fragile, "f");
    wire.send([root.joinRef, wire.ref, root.topic, "command", command("throw_in_render")]);
    const frames = await wire.flush();
    expect(frames.at(-1)).toEqual([root.joinRef, root.joinRef, root.topic, "phx_error", {}]);
    expect(frames.filter((frame) => frame[3] === "patch")).toEqual([]);
    await wire.mount(modules.fragile, "f");
  });

  test("takes no other root with it, on its socket or another", async () => {
    const other = await Wire.open(server);
    const theirs = await other.mount(modules.fragile, "f");
    const mine = await wire.mount(modules.fragile, "f");
    const sibling = await wire.mount(modules.witness, "w");
    await on(mine, command("throw"));
    expect((await on(sibling, command("increment"))).answer[4]).toEqual(ok({}));
    const { answer } = await other.ask(theirs.joinRef, theirs.topic, "command", command("increment"));
    expect(answer[4]).toEqual(ok({}));
    await other.close();
  });
});

describe("a topic", () => {
  test("reaches every page that subscribed, and the poster's after its reply", async () => {
    const other = await Wire.open(server, { params: { current_user: "bob" } });
    const mine = await wire.mount(modules.board, "b");
    await other.mount(modules.board, "b");
    const { answer } = await on(mine, command("post", { text: "hello" }));
    expect(answer[4]).toEqual(ok({}));
    const note = { author: "ada", text: "hello" };
    for (const each of [wire, other]) {
      expect((await each.next())[4].ops).toEqual([{ op: "add", path: "/notes/0", value: note }]);
    }
    await other.close();
  });

  test("reaches the pages of every core", async () => {
    const wide = await conformanceServer({ cores: 3 });
    const wires = await Promise.all(Array.from({ length: 8 }, () => Wire.open(wide)));
    const boards = await Promise.all(wires.map((each) => each.mount(modules.board, "b")));
    for (const [i, { joinRef, topic }] of boards.entries()) {
      const poster = wires[i] as Wire;
      const { answer } = await poster.ask(joinRef, topic, "command", command("post", { text: `${i}` }));
      expect(answer[4]).toEqual(ok({}));
      for (const each of wires) {
        const [{ path, value }] = (await each.next())[4].ops;
        expect([path, value.text]).toEqual([`/notes/${i}`, `${i}`]);
      }
    }
    await wide.stop();
  });

  test("that nobody commands moves a page by itself", async () => {
    await wire.mount(modules.pulse, "p");
    const beats: number[] = [];
    while (beats.length < 3) beats.push((await wire.next())[4].ops[0].value);
    expect(beats).toEqual([...beats].sort((a, b) => a - b));
    expect(new Set(beats).size).toBe(3);
  });
});
