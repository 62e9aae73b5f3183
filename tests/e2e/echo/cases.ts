import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import WebSocket from "ws";
import type { Program } from "../support/program.js";
import { get } from "../support/tls.js";
import { closeFrame, frame, opcode, Raw } from "./raw.js";

const mebibyte = 1 << 20;
/** Around every length at which a header grows, a buffer ends or a limit lies. */
const sizes = [
  0, 1, 2, 7, 8, 9, 124, 125, 126, 127, 128, 2047, 2048, 4095, 4096, 4097, 8178, 8192, 16380, 16384,
  65535, 65536, 65537, 131072, 1000003, mebibyte - 1, mebibyte,
];

/** Messages to a server that sends them back: every size, every way of cutting them, every violation. `ca`: of its TLS. */
export function echoCases(start: () => Promise<Program>, ca?: string): void {
  const read = async (url: string) => (ca === undefined ? (await fetch(url)).text() : (await get(url, ca)).body);
  let server: Program;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    await vi.waitFor(async () => expect(await poolsInUse()).toEqual([]), 5000);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
  });

  /** What clients that are gone should have given back. */
  async function poolsInUse(): Promise<string[]> {
    const metrics = await read(server.url("http", "/metrics"));
    const mine = /^musubi_pool_used\{pool="(connections|large_messages|drains|backlog_blocks)".* [1-9]/;
    return metrics.split("\n").filter((line) => mine.test(line));
  }

  describe("through the ws package", () => {
    async function open(): Promise<WebSocket> {
      const socket = new WebSocket(server.url("ws", "/echo"), { ca });
      await once(socket, "open");
      return socket;
    }
    async function answer(socket: WebSocket): Promise<{ data: Buffer; binary: boolean }> {
      const [data, binary] = (await once(socket, "message")) as [Buffer, boolean];
      return { data, binary };
    }

    test.each(sizes)("a binary message of %i bytes comes back", async (size) => {
      const socket = await open();
      const sent = randomBytes(size);
      socket.send(sent);
      const { data, binary } = await answer(socket);
      expect(binary).toBe(true);
      expect(data.equals(sent)).toBe(true);
      socket.terminate();
    });

    test.each(sizes)("a text of %i bytes comes back", async (size) => {
      const socket = await open();
      // characters of one to four bytes, at every alignment
      const sent = "aé漢𐍈".repeat(size / 10) + "x".repeat(size % 10);
      socket.send(sent);
      const { data, binary } = await answer(socket);
      expect(binary).toBe(false);
      expect(data.length).toBe(size);
      expect(data.toString()).toBe(sent);
      socket.terminate();
    });

    test("a close is answered with its own code", async () => {
      const socket = await open();
      socket.close(3456, "that will do");
      const [code] = (await once(socket, "close")) as [number];
      expect(code).toBe(3456);
    });

    test("one byte more than a mebibyte is refused with 1009", async () => {
      const socket = await open();
      socket.on("error", () => {});
      socket.send(Buffer.alloc(mebibyte + 1));
      const [code] = (await once(socket, "close")) as [number];
      expect(code).toBe(1009);
    });

    test("a thousand messages sent at once come back in order", async () => {
      const socket = await open();
      const received: string[] = [];
      const all = new Promise<void>((done) =>
        socket.on("message", (data: Buffer) => {
          received.push(data.toString());
          if (received.length === 1000) done();
        }),
      );
      const sent = Array.from({ length: 1000 }, (_, i) => `${i}:`.padEnd((i * 37) % 5000, "y"));
      for (const text of sent) socket.send(text);
      await all;
      expect(received).toEqual(sent);
      socket.terminate();
    });

    test("a client that reads slowly loses nothing of 64 MiB", async () => {
      const socket = await open();
      const sent = Array.from({ length: 64 }, () => randomBytes(mebibyte));
      socket.pause();
      for (const each of sent) socket.send(each);
      await new Promise((later) => setTimeout(later, 300));
      for (const each of sent) {
        const coming = answer(socket);
        socket.resume();
        const { data } = await coming;
        socket.pause();
        expect(data.equals(each)).toBe(true);
      }
      socket.terminate();
    });
  });

  describe("by hand", () => {
    const open = () => Raw.open(server, "/echo", ca);

    test("a message in fragments comes back whole, pings in between are answered", async () => {
      const raw = await open();
      raw.send(
        frame(opcode.text, "one ", { fin: false }),
        frame(opcode.ping, "still there?"),
        frame(opcode.continuation, "", { fin: false }),
        frame(opcode.continuation, "two ", { fin: false }),
        frame(opcode.pong, "unasked"),
        frame(opcode.continuation, "three"),
      );
      expect(await raw.next()).toEqual({
        fin: true,
        opcode: opcode.pong,
        payload: Buffer.from("still there?"),
      });
      expect(await raw.next()).toEqual({
        fin: true,
        opcode: opcode.text,
        payload: Buffer.from("one two three"),
      });
      raw.send(closeFrame(1000));
      expect((await raw.closed()).code).toBe(1000);
    });

    test.each([
      [20_000, 1],
      [300_000, 3],
      [mebibyte, 64],
      [mebibyte, 4096],
      [mebibyte, 100_000],
    ])("a message of %i bytes in fragments of %i comes back", async (size, piece) => {
      const raw = await open();
      const sent = randomBytes(size);
      const frames: Buffer[] = [];
      for (let at = 0; at < size; at += piece) {
        const kind = at === 0 ? opcode.binary : opcode.continuation;
        frames.push(frame(kind, sent.subarray(at, at + piece), { fin: at + piece >= size }));
      }
      raw.send(frames);
      const back = await raw.next();
      expect(back?.opcode).toBe(opcode.binary);
      expect(back?.payload.equals(sent)).toBe(true);
      raw.socket.destroy();
    });

    test("bytes that arrive one by one are as good", async () => {
      const raw = await open();
      const bytes = Buffer.concat([
        frame(opcode.text, "drip"),
        frame(opcode.ping, "p"),
        frame(opcode.binary, Buffer.alloc(300, 7)),
      ]);
      for (const byte of bytes) {
        raw.socket.write(Buffer.from([byte]));
        await new Promise((next) => setImmediate(next));
      }
      expect((await raw.next())?.payload.toString()).toBe("drip");
      expect((await raw.next())?.opcode).toBe(opcode.pong);
      expect((await raw.next())?.payload).toEqual(Buffer.alloc(300, 7));
      raw.socket.destroy();
    });

    test("ten thousand pings sent while nothing is read are all answered", async () => {
      const raw = await open();
      raw.socket.pause();
      const payload = Buffer.alloc(125, 42);
      raw.send(Array.from({ length: 10_000 }, () => frame(opcode.ping, payload)));
      raw.send(frame(opcode.text, "end"));
      await new Promise((later) => setTimeout(later, 200));
      raw.socket.resume();
      for (let i = 0; i < 10_000; ++i) {
        const pong = await raw.next();
        if (pong?.opcode !== opcode.pong || !pong.payload.equals(payload)) throw new Error(`${i}`);
      }
      expect((await raw.next())?.payload.toString()).toBe("end");
      raw.socket.destroy();
    });

    const broken: [string, number, () => Buffer[]][] = [
      ["an unmasked frame", 1002, () => [frame(opcode.text, "x", { masked: false })]],
      ["a reserved bit", 1002, () => [frame(opcode.text, "x", { reserved: 4 })]],
      ["a reserved opcode", 1002, () => [frame(3, "x")]],
      ["a reserved control opcode", 1002, () => [frame(11, "x")]],
      ["a continuation of nothing", 1002, () => [frame(opcode.continuation, "x")]],
      [
        "a message inside a message",
        1002,
        () => [frame(opcode.text, "x", { fin: false }), frame(opcode.text, "y")],
      ],
      ["a ping in fragments", 1002, () => [frame(opcode.ping, "x", { fin: false })]],
      ["a ping of 126 bytes", 1002, () => [frame(opcode.ping, Buffer.alloc(126))]],
      ["a close with half a code", 1002, () => [frame(opcode.close, "x")]],
      ["a close with code 999", 1002, () => [closeFrame(999)]],
      ["a close with code 1005", 1002, () => [closeFrame(1005)]],
      ["a close with code 1006", 1002, () => [closeFrame(1006)]],
      ["a close with code 2999", 1002, () => [closeFrame(2999)]],
      ["a close with code 5000", 1002, () => [closeFrame(5000)]],
      ["a close whose reason is not UTF-8", 1007, () => [closeFrame(1000, Buffer.from([0xff]))]],
      ["text with a stray byte", 1007, () => [frame(opcode.text, Buffer.from([0x61, 0x80]))]],
      ["overlong text", 1007, () => [frame(opcode.text, Buffer.from([0xc0, 0xaf]))]],
      ["text with a surrogate", 1007, () => [frame(opcode.text, Buffer.from([0xed, 0xa0, 0x80]))]],
      ["text beyond Unicode", 1007, () => [frame(opcode.text, Buffer.from([0xf4, 0x90, 0x80, 0x80]))]],
      ["text cut inside a character", 1007, () => [frame(opcode.text, Buffer.from([0xe6, 0xbc]))]],
      [
        "bad text in a fragment, before the message ends",
        1007,
        () => [frame(opcode.text, Buffer.from([0xff]), { fin: false })],
      ],
      [
        "a header that announces too much, before its payload",
        1009,
        () => [frame(opcode.binary, "", { length: 16 * mebibyte + 1 })],
      ],
      [
        "a message that is too much, after its first 512 bytes",
        1009,
        () => [frame(opcode.binary, Buffer.alloc(512), { length: mebibyte + 1 })],
      ],
      [
        "fragments that are too much together",
        1009,
        () => [
          frame(opcode.binary, Buffer.alloc(mebibyte), { fin: false }),
          frame(opcode.continuation, "x"),
        ],
      ],
    ];
    test.each(broken)("%s closes with %i", async (_name, code, bytes) => {
      const raw = await open();
      raw.send(...bytes());
      expect((await raw.closed()).code).toBe(code);
    });

    test("a character may be cut between fragments", async () => {
      const raw = await open();
      const bytes = Buffer.from("漢字");
      raw.send(
        frame(opcode.text, bytes.subarray(0, 2), { fin: false }),
        frame(opcode.continuation, bytes.subarray(2, 4), { fin: false }),
        frame(opcode.continuation, bytes.subarray(4)),
      );
      expect((await raw.next())?.payload.toString()).toBe("漢字");
      raw.socket.destroy();
    });

    test.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999])(
      "a close with code %i is echoed",
      async (code) => {
        const raw = await open();
        raw.send(closeFrame(code, "reason"));
        expect((await raw.closed()).code).toBe(code);
      },
    );

    test("a close without a code is answered without one", async () => {
      const raw = await open();
      raw.send(frame(opcode.close, ""));
      expect((await raw.closed()).code).toBe(1005);
    });

    test("what follows a close is not looked at", async () => {
      const raw = await open();
      raw.send(closeFrame(1000), frame(opcode.text, "too late"), frame(3, "nonsense"));
      expect((await raw.closed()).code).toBe(1000);
    });

    test("messages before a violation are still answered", async () => {
      const raw = await open();
      raw.send(frame(opcode.text, "fine"), frame(3, "not fine"));
      expect((await raw.next())?.payload.toString()).toBe("fine");
      expect((await raw.closed()).code).toBe(1002);
    });

    test("a close while megabytes are on their way comes after them", async () => {
      const raw = await open();
      raw.socket.pause();
      const sent = randomBytes(mebibyte);
      raw.send(Array.from({ length: 8 }, () => frame(opcode.binary, sent)));
      raw.send(closeFrame(1000));
      await new Promise((later) => setTimeout(later, 200));
      raw.socket.resume();
      for (let i = 0; i < 8; ++i) expect((await raw.next())?.payload.equals(sent)).toBe(true);
      expect((await raw.closed()).code).toBe(1000);
    });
  });
}
