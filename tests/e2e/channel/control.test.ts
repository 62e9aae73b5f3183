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

const topicOf = (module: string, id: string) => `musubi:connection:${module}:${id}`;

// Contract section 1.4, row by row.
describe("control events", () => {
  test("a heartbeat is answered with ok, without a join_ref", async () => {
    const { ref, answer } = await wire.ask(null, "phoenix", "heartbeat");
    expect(answer).toEqual([null, ref, "phoenix", "phx_reply", ok({})]);
  });

  test("a join on a topic that no route matches", async () => {
    const { ref, answer } = await wire.ask("1", "room:lobby", "phx_join");
    expect(answer).toEqual([null, ref, "room:lobby", "phx_reply", error("unmatched topic")]);
  });

  test("a join whose handler crashes", async () => {
    const topic = topicOf(modules.witness, "x");
    const payload = { module: modules.witness, id: "x", params: { join: "throw" } };
    const { ref, answer } = await wire.ask("4", topic, "phx_join", payload);
    expect(answer).toEqual(["4", ref, topic, "phx_reply", error("join crashed")]);
  });

  test("a leave of a joined topic: ok, then phx_close with both refs the join's", async () => {
    const { joinRef, topic } = await wire.mount(modules.witness, "w");
    const { ref, answer } = await wire.ask(joinRef, topic, "phx_leave");
    expect(answer).toEqual([joinRef, ref, topic, "phx_reply", ok({})]);
    expect(await wire.next()).toEqual([joinRef, joinRef, topic, "phx_close", {}]);
    expect(await wire.flush()).toEqual([]);
  });

  test("a leave of a topic that is not joined: ok alone", async () => {
    const topic = topicOf(modules.witness, "never");
    const { ref, answer } = await wire.ask("9", topic, "phx_leave");
    expect(answer.slice(1)).toEqual([ref, topic, "phx_reply", ok({})]);
    expect(await wire.flush()).toEqual([]);
  });

  test("any other event on a topic that is not joined", async () => {
    const topic = topicOf(modules.witness, "never");
    const { ref, answer } = await wire.ask("9", topic, "command", command("increment"));
    expect(answer).toEqual([null, ref, topic, "phx_reply", error("unmatched topic")]);
  });

  test("an event with a stale join_ref is ignored", async () => {
    const { joinRef, topic } = await wire.mount(modules.witness, "w");
    wire.send(["stale", wire.ref, topic, "command", command("increment")]);
    wire.send(["stale", wire.ref, topic, "phx_leave", {}]);
    expect(await wire.flush()).toEqual([]);
    const { answer } = await wire.ask(joinRef, topic, "command", command("increment"));
    expect(answer[4]).toEqual(ok({}));
    expect((await wire.next())[4]).toMatchObject({ version: 2, ops: [{ path: "/count", value: 1 }] });
  });

  test("a hundred channels are joined, the hundred and first is not", async () => {
    for (let i = 0; i < 100; ++i) await wire.mount(modules.witness, `w${i}`);
    const topic = topicOf(modules.witness, "one-too-many");
    const payload = { module: modules.witness, id: "one-too-many", params: {} };
    const { ref, answer } = await wire.ask("999", topic, "phx_join", payload);
    expect(answer).toEqual(["999", ref, topic, "phx_reply", error("too many channels joined")]);

    // The others live on, and a place that is given back can be taken.
    const last = topicOf(modules.witness, "w99");
    const ofLast = wire.received.find((frame) => frame[2] === last)?.[0] as string;
    expect((await wire.ask(ofLast, last, "command", command("increment"))).answer[4]).toEqual(ok({}));
    await wire.next();
    await wire.ask(ofLast, last, "phx_leave");
    await wire.next();
    expect((await wire.ask("1000", topic, "phx_join", payload)).answer[4].status).toBe("ok");
  });

  test("a duplicate join: the old root is told to close, then the new one starts over", async () => {
    const watcher = await Wire.open(server);
    await watcher.mount(modules.journal, "j");
    const first = await wire.mount(modules.witness, "twice");
    await wire.ask(first.joinRef, first.topic, "command", command("increment"));
    await wire.next();

    const payload = { module: modules.witness, id: "twice", params: {} };
    wire.send(["77", "78", first.topic, "phx_join", payload]);
    const root_id = `${modules.witness}:twice`;
    expect(await wire.next()).toEqual([first.joinRef, first.joinRef, first.topic, "phx_close", {}]);
    expect(await wire.next()).toEqual(["77", "78", first.topic, "phx_reply", ok({ root_id })]);
    expect(await wire.next()).toEqual(["77", null, first.topic, "patch", firstPatch(root_id, { count: 0 })]);
    expect(await wire.flush()).toEqual([]);
    expect((await watcher.next())[4].ops).toEqual([
      { op: "add", path: "/endings/0", value: { id: "twice", reason: "duplicate_join" } },
    ]);
    await watcher.close();
  });

  test("a leave and a join at once, as a version gap makes the client send them", async () => {
    const { joinRef, topic } = await wire.mount(modules.witness, "again");
    wire.send([joinRef, "51", topic, "phx_leave", {}]);
    wire.send(["52", "52", topic, "phx_join", { module: modules.witness, id: "again", params: {} }]);
    const root_id = `${modules.witness}:again`;
    expect(await wire.next()).toEqual([joinRef, "51", topic, "phx_reply", ok({})]);
    expect(await wire.next()).toEqual([joinRef, joinRef, topic, "phx_close", {}]);
    expect(await wire.next()).toEqual(["52", "52", topic, "phx_reply", ok({ root_id })]);
    expect(await wire.next()).toEqual(["52", null, topic, "patch", firstPatch(root_id, { count: 0 })]);
  });

  test.each([
    ["an unknown event", "resync", {}],
    ["a payload that is no object", "command", [1]],
    ["a payload that is null", "command", null],
  ])("%s on a root ends it with phx_error", async (_name, event, payload) => {
    const { joinRef, topic } = await wire.mount(modules.witness, "w");
    wire.send([joinRef, wire.ref, topic, event, payload]);
    expect(await wire.next()).toEqual([joinRef, joinRef, topic, "phx_error", {}]);
    expect(await wire.flush()).toEqual([]);
    await wire.mount(modules.witness, "w");
  });
});

// Contract section 3.
describe("a join", () => {
  const join = async (topic: string, payload: unknown) => {
    const ref = wire.ref;
    wire.send([ref, ref, topic, "phx_join", payload]);
    const answer = await wire.next();
    expect(answer.slice(0, 4)).toEqual([ref, ref, topic, "phx_reply"]);
    return answer[4];
  };
  const topic = topicOf("Any", "thing");
  const good = { module: modules.alpha, id: "a", params: { room_id: "general" } };

  test("is answered with its root_id, then with the first patch", async () => {
    const root_id = `${modules.alpha}:a`;
    expect(await join(topicOf(modules.alpha, "a"), good)).toEqual(ok({ root_id }));
    const [, ref, , event, payload] = await wire.next();
    expect([ref, event]).toEqual([null, "patch"]);
    const { child: _, ...state } = payload.ops[0].value;
    expect(state).toEqual({ __musubi_store_id__: [], room_id: "general", current_user: "ada" });
    expect(await wire.flush()).toEqual([]);
  });

  // The checks of section 3.2, in their order: each row fails all later ones too.
  const nothing = { module: "", id: "", params: null };
  test.each([
    ["0 a topic that is not a connection's", "musubi:elsewhere:x", nothing, "unauthorized"],
    ["3 handle_join refuses", topic, { ...nothing, params: { join: "refuse" } }, "unauthorized"],
    ["4 no module", topic, { id: "", params: 1 }, "missing required field"],
    ["4 an empty module", topic, nothing, "missing required field"],
    ["4 a module that is no string", topic, { ...nothing, module: 7 }, "missing required field"],
    ["4 no payload at all", topic, {}, "missing required field"],
    ["5 no id", topic, { module: "No.Such", params: 1 }, "missing root id"],
    ["5 an empty id", topic, { ...nothing, module: "No.Such" }, "missing root id"],
    ["5 an id that is no string", topic, { module: "No.Such", id: ["a"] }, "missing root id"],
    ["6 params that are null", topic, { module: "No.Such", id: "a", params: null }, "params must be a map"],
    ["6 params that are a list", topic, { module: "No.Such", id: "a", params: [] }, "params must be a map"],
    ["6 params that are a scalar", topic, { module: "No.Such", id: "a", params: 1 }, "params must be a map"],
    ["7 an undeclared module", topic, { module: "No.Such", id: "a" }, "unknown root"],
    ["7 a prefix of a declared one", topic, { module: modules.alpha.slice(0, -1), id: "a" }, "unknown root"],
    ["9 the mount throws", topic, fragile("throw"), "join crashed"],
    ["9 the mount fails", topic, fragile("fail"), "join crashed"],
    ["9 the mount refuses", topic, fragile("refuse"), "not today"],
  ])("%s", async (_row, on, payload, reason) => {
    expect(await join(on, payload)).toEqual(error(reason));
    // Nothing is left of it: the same topic can be joined.
    expect(await wire.flush()).toEqual([]);
    if (on === topic) expect((await join(on, good)).status).toBe("ok");
  });

  function fragile(mount: string) {
    return { module: modules.fragile, id: "f", params: { mount } };
  }

  test("of typed params says which one is wrong", async () => {
    const reply = await join(topic, { module: modules.alpha, id: "a", params: { room_id: 7 } });
    expect(reply.status).toBe("error");
    expect(reply.response).toMatchObject({ field: "room_id", expected: expect.stringMatching(/string/) });
  });

  test("may leave params out", async () => {
    expect((await join(topic, { module: modules.meta, id: "m" })).status).toBe("ok");
  });

  test("derives everything from its payload: the topic's suffix is the client's own", async () => {
    const own = "musubi:connection:tenant7:whatever";
    expect(await join(own, good)).toEqual(ok({ root_id: `${modules.alpha}:a` }));
    expect((await wire.next())[2]).toBe(own);
  });

  test("sees what its own handle_join assigned, and no other root does", async () => {
    const one = await wire.mount(modules.visitor, "one");
    const two = await wire.mount(modules.visitor, "two");
    for (const { patch, topic: own } of [one, two]) {
      expect(patch[4].ops[0].value.joined_topic).toBe(own);
    }
  });

  test("of the same id under another module is another root", async () => {
    const witness = await wire.mount(modules.witness, "same");
    const fragileRoot = await wire.mount(modules.fragile, "same");
    await wire.ask(witness.joinRef, witness.topic, "command", command("increment"));
    expect((await wire.next())[4].root_id).toBe(`${modules.witness}:same`);
    const { answer } = await wire.ask(fragileRoot.joinRef, fragileRoot.topic, "command", command("increment"));
    expect(answer[4]).toEqual(ok({}));
    expect((await wire.next())[4]).toMatchObject({ version: 2, ops: [{ value: 1 }] });
  });

  test("of the same root on two sockets makes two roots", async () => {
    const other = await Wire.open(server);
    const mine = await wire.mount(modules.witness, "shared");
    await other.mount(modules.witness, "shared");
    await wire.ask(mine.joinRef, mine.topic, "command", command("increment"));
    await wire.next();
    expect(await other.flush()).toEqual([]);
    await other.close();
  });
});

// Contract section 3.4.
describe("a root ends", () => {
  async function endingOf(id: string, end: (root: Wire) => Promise<unknown>) {
    const watcher = await Wire.open(server);
    await watcher.mount(modules.journal, "j");
    await end(wire);
    const [{ value }] = (await watcher.next())[4].ops;
    await watcher.close();
    expect(value.id).toBe(id);
    return value.reason;
  }

  test("with a leave", async () => {
    const { joinRef, topic } = await wire.mount(modules.witness, "l");
    expect(await endingOf("l", () => wire.ask(joinRef, topic, "phx_leave"))).toBe("left");
  });

  test("with its WebSocket", async () => {
    await wire.mount(modules.witness, "c");
    expect(await endingOf("c", () => wire.close())).toBe("closed");
  });

  test("with a WebSocket that vanishes without a word", async () => {
    await wire.mount(modules.witness, "v");
    expect(await endingOf("v", async () => wire.socket.terminate())).toBe("closed");
  });

  test("and the others on its socket live on", async () => {
    const one = await wire.mount(modules.witness, "one");
    const two = await wire.mount(modules.witness, "two");
    await wire.ask(one.joinRef, one.topic, "phx_leave");
    await wire.next();
    const { answer } = await wire.ask(two.joinRef, two.topic, "command", command("increment"));
    expect(answer[4]).toEqual(ok({}));
  });
});

function firstPatch(root_id: string, state: object) {
  const value = { __musubi_store_id__: [], ...state };
  return {
    type: "patch",
    root_id,
    base_version: 0,
    version: 1,
    ops: [{ op: "replace", path: "", value }],
    stream_ops: [],
    upload_ops: [],
    events: [],
  };
}
