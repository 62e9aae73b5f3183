import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Program } from "../support/program.js";

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Received {
  fin: boolean;
  opcode: number;
  payload: Buffer;
}

export interface FrameOptions {
  fin?: boolean;
  reserved?: number;
  masked?: boolean;
  /** What the header says, should it lie. */
  length?: number;
}

/** A client's frame, with all the freedom that a WebSocket library takes away. */
export function frame(kind: number, payload: Buffer | string, options: FrameOptions = {}): Buffer {
  const { fin = true, reserved = 0, masked = true } = options;
  const content = Buffer.from(payload as Buffer);
  const length = options.length ?? content.length;
  const first = (fin ? 0x80 : 0) | (reserved << 4) | kind;
  const mark = masked ? 0x80 : 0;
  let head: Buffer;
  if (length < 126) {
    head = Buffer.from([first, mark | length]);
  } else if (length < 65536) {
    head = Buffer.from([first, mark | 126, length >> 8, length & 0xff]);
  } else {
    head = Buffer.from([first, mark | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  if (!masked) return Buffer.concat([head, content]);
  const mask = randomBytes(4);
  for (let i = 0; i < content.length; ++i) content[i]! ^= mask[i % 4]!;
  return Buffer.concat([head, mask, content]);
}

export function closeFrame(code: number, reason: Buffer | string = ""): Buffer {
  return frame(opcode.close, Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]));
}

/** A WebSocket by hand: bytes out as they are given, frames in as they come. */
export class Raw {
  /** Resolves when the server has ended the connection. */
  readonly ended: Promise<void>;
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #frames: Received[] = [];
  #waiting: (() => void) | undefined;
  #over = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("error", () => {}); // told by "close"
    this.ended = new Promise((resolve) =>
      socket.on("close", () => {
        this.#over = true;
        this.#waiting?.();
        resolve();
      }),
    );
  }

  /** `ca`: of the server's TLS. */
  static async open(server: Program, path: string, ca?: string): Promise<Raw> {
    const at = { host: "127.0.0.1", port: server.port };
    const socket = (ca === undefined ? connect(at) : connectTls({ ...at, ca })).setNoDelay();
    const raw = new Raw(socket);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    await new Promise<void>((upgraded, failed) => {
      const onData = (chunk: Buffer) => {
        raw.#bytes = Buffer.concat([raw.#bytes, chunk]);
        const end = raw.#bytes.indexOf("\r\n\r\n");
        if (end < 0) return;
        const head = raw.#bytes.subarray(0, end).toString();
        if (!head.startsWith("HTTP/1.1 101 ")) return failed(new Error(head));
        raw.#bytes = raw.#bytes.subarray(end + 4);
        socket.off("data", onData);
        socket.on("data", (more) => raw.#take(more));
        raw.#take(Buffer.alloc(0));
        upgraded();
      };
      socket.on("data", onData);
    });
    return raw;
  }

  /** All of it in one write. */
  send(...frames: Buffer[] | [Buffer[]]): void {
    this.socket.write(Buffer.concat(frames.flat()));
  }

  /** The next frame; null when the connection ended instead. */
  async next(): Promise<Received | null> {
    while (this.#frames.length === 0) {
      if (this.#over) return null;
      await new Promise<void>((arrived) => (this.#waiting = arrived));
    }
    return this.#frames.shift()!;
  }

  /** Code and reason of the close frame, which is the next frame and the last. */
  async closed(): Promise<{ code: number; reason: string }> {
    const last = await this.next();
    if (last?.opcode !== opcode.close) {
      throw new Error(`expected a close frame, got ${JSON.stringify(last)?.slice(0, 100)}`);
    }
    await this.ended;
    if (last.payload.length === 0) return { code: 1005, reason: "" };
    return { code: last.payload.readUInt16BE(0), reason: last.payload.subarray(2).toString() };
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      if (this.#bytes.length < 2) break;
      const [first, second] = this.#bytes as unknown as [number, number];
      let head = 2;
      let length = second;
      if (second === 126 && this.#bytes.length >= 4) {
        head = 4;
        length = this.#bytes.readUInt16BE(2);
      } else if (second === 127 && this.#bytes.length >= 10) {
        head = 10;
        length = Number(this.#bytes.readBigUInt64BE(2));
      } else if (second > 125) {
        break;
      }
      if (this.#bytes.length < head + length) break;
      this.#frames.push({
        fin: (first & 0x80) !== 0,
        opcode: first & 0x0f,
        payload: this.#bytes.subarray(head, head + length),
      });
      this.#bytes = this.#bytes.subarray(head + length);
    }
    this.#waiting?.();
  }
}
