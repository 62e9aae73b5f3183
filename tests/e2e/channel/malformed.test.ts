import { connect } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { conformanceServer, type Program } from "../support/program.js";
import { command, modules, ok, Wire } from "../support/wire.js";

// Whatever one client sends, it gets a clear answer and nobody else notices (docs/wire.md).
let server: Program;
let witness: Wire;
let root: Awaited<ReturnType<Wire["mount"]>>;
beforeAll(async () => {
  server = await conformanceServer({ "message-bytes": 20_000 });
  witness = await Wire.open(server);
  root = await witness.mount(modules.witness, "w");
  return () => server.stop();
});

let wire: Wire;
beforeEach(async () => void (wire = await Wire.open(server)));
afterEach(async () => {
  await wire.close();
  const { answer } = await witness.ask(root.joinRef, root.topic, "command", command("increment"));
  expect(answer[4]).toEqual(ok({}));
  await witness.next();
});

describe("a message without an address closes with 1002", () => {
  test.each([
    ["no JSON", "hello"],
    ["nothing", ""],
    ["an object, as serializer 1 sends", '{"topic":"phoenix","event":"heartbeat","payload":{},"ref":"1"}'],
    ["a topic that is no string", '[null,"1",7,"heartbeat",{}]'],
    ["an event that is no string", '[null,"1","phoenix",null,{}]'],
    ["a ref that is a number", '[null,1,"phoenix","heartbeat",{}]'],
    ["a frame cut short", '[null,"1","phoenix","heartb'],
  ])("%s", async (_name, message) => {
    wire.send(message);
    expect(await wire.closed).toMatchObject({ code: 1002 });
  });

  test.each([
    ["empty", []],
    ["of an unknown kind", [9, 1, 1, 1, 1, 49, 49, 49, 49]],
    ["shorter than it says", [0, 1, 1, 200, 1, 49]],
  ])("binary, %s", async (_name, bytes) => {
    wire.send(Buffer.from(bytes));
    expect(await wire.closed).toMatchObject({ code: 1002 });
  });
});

test.each([
  ["no payload", ""],
  ["six elements", ",{},1"],
  ["a payload cut short", ',{"name":]'],
  ["half of a pair of surrogates in its payload", ',{"name":"\\ud83d"}'],
])("a command with %s is refused at its address", async (_name, rest) => {
  const { joinRef, topic } = await wire.mount(modules.meta, "m");
  wire.send(`["${joinRef}","9","${topic}","command"${rest}]`);
  expect(await wire.next()).toMatchObject([
    joinRef,
    "9",
    topic,
    "phx_reply",
    { status: "error", response: { reason: "invalid payload" } },
  ]);
});

test("a frame may have blanks wherever JSON has them", async () => {
  wire.send(' [ null , "1" ,\n"phoenix",\t"heartbeat" , { } ] ');
  expect(await wire.next()).toEqual([null, "1", "phoenix", "phx_reply", ok({})]);
});

test("a payload nested too deeply is refused, not followed", async () => {
  const { joinRef, topic } = await wire.mount(modules.meta, "m");
  const deep = "[".repeat(5000) + "]".repeat(5000);
  wire.send(`["${joinRef}","9","${topic}","command",{"name":"put","payload":{"key":${deep}}}]`);
  const outcome = await Promise.race([wire.next(), wire.closed]);
  if (Array.isArray(outcome)) expect(outcome[4].status).toBe("error");
  else expect(outcome.code).toBe(1002);
});

test("text that is no UTF-8 closes with 1007", async () => {
  wire.socket.send(Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]), { binary: false });
  expect(await wire.closed).toMatchObject({ code: 1007 });
});

test("a message beyond the limit is refused at its address, one at the limit is taken", async () => {
  const { joinRef, topic } = await wire.mount(modules.meta, "m");
  const frame = (size: number) => {
    const shell = `["${joinRef}","9","${topic}","command",{"name":"put","payload":{"key":""}}]`;
    return shell.replace('""', `"${"x".repeat(size - shell.length)}"`);
  };
  wire.send(frame(20_001));
  expect((await wire.next())[4]).toEqual({
    status: "error",
    response: { reason: "invalid payload", expected: "a message of at most 20000 bytes" },
  });
  wire.send(frame(20_000));
  expect((await wire.next())[4]).toMatchObject({ response: { field: "key" } }); // it was read
});

test("a message beyond the limit without an address closes with 1009", async () => {
  wire.send("x".repeat(20_001));
  expect(await wire.closed).toMatchObject({ code: 1009 });
});

test("a message in a thousand fragments is one message", async () => {
  const message = '[null,"1","phoenix","heartbeat",{}]';
  for (const [i, byte] of [...message].entries()) {
    wire.socket.send(byte, { fin: i === message.length - 1 });
    if (i % 7 === 0) wire.socket.ping("between");
  }
  expect((await wire.next())[4]).toEqual(ok({}));
});

describe("a WebSocket that breaks its protocol", () => {
  const upgrade = [
    "GET /socket/websocket?vsn=2.0.0 HTTP/1.1",
    "Host: 127.0.0.1",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "",
    "",
  ].join("\r\n");

  test.each([
    ["a frame without a mask", [0x81, 0x02, 0x5b, 0x5d], 1002],
    ["a reserved bit", [0xc1, 0x80, 0, 0, 0, 0], 1002],
    ["a reserved opcode", [0x83, 0x80, 0, 0, 0, 0], 1002],
    ["a fragmented ping", [0x09, 0x80, 0, 0, 0, 0], 1002],
    ["a continuation of nothing", [0x80, 0x80, 0, 0, 0, 0], 1002],
    ["a length beyond any limit", [0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], 1009],
    ["a close of one byte", [0x88, 0x81, 0, 0, 0, 0, 3], 1002],
  ])("with %s is told so and closed", async (_name, bytes, code) => {
    const answer = await raw(upgrade, bytes);
    const close = answer.subarray(answer.indexOf("\r\n\r\n") + 4);
    expect(close[0]).toBe(0x88);
    expect(close.readUInt16BE(2)).toBe(code);
  });

  test.each([
    ["no request", "\x16\x03\x01\x02\x00\x01\x00"],
    ["a header without a name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n"],
    ["two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["a body of two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
  ])("a request head with %s is answered with 400", async (_name, head) => {
    expect((await raw(head, [])).toString()).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("a request head without end is answered with 431", async () => {
    const head = `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}`;
    expect((await raw(head, [])).toString()).toMatch(/^HTTP\/1\.1 431 /);
  });

  /** Sends what it is given; answers all that comes until the server ends the stream. */
  function raw(head: string, bytes: number[]): Promise<Buffer> {
    return new Promise((answered, failed) => {
      const parts: Buffer[] = [];
      const stream = connect(server.port, "127.0.0.1", () => {
        stream.write(Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(bytes)]));
      });
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => answered(Buffer.concat(parts)));
      stream.on("error", failed);
    });
  }
});
