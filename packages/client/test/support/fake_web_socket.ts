import { vi } from "vitest";

/** One text frame: join_ref, ref, topic, event, payload (contract section 1.2). */
export type Frame = [string | null, string | null, string, string, any];

/** The network under phoenix.js's own Socket: a WebSocket whose other end is the test. */
export class FakeWebSocket {
  static opened: FakeWebSocket[] = [];

  static get last(): FakeWebSocket {
    const last = FakeWebSocket.opened.at(-1);
    if (last === undefined) throw new Error("No WebSocket was opened yet");
    return last;
  }

  readyState = 0;
  bufferedAmount = 0;
  readonly sent: Frame[] = [];
  /** The binary frames, apart: contract section 1.3. */
  readonly binary: Uint8Array[] = [];
  onopen: () => void = () => undefined;
  onerror: (error: unknown) => void = () => undefined;
  onclose: (event: object) => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;

  constructor(readonly url: string) {
    FakeWebSocket.opened.push(this);
  }

  /** phoenix.js closes; on a dead network nothing ever answers that. */
  close(): void {
    if (this.readyState < 2) this.readyState = 2;
  }

  send(data: string | ArrayBuffer): void {
    if (typeof data === "string") this.sent.push(JSON.parse(data));
    else this.binary.push(new Uint8Array(data));
  }

  open(): void {
    if (this.readyState !== 0) throw new Error("This WebSocket was opened before");
    this.readyState = 1;
    this.onopen();
  }

  /** The server or the network ends the connection. */
  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose({ code });
  }

  receive(...frame: Frame): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  /** The frames of one event that were sent, heartbeats aside. */
  of(event: string): Frame[] {
    return this.sent.filter((frame) => frame[3] === event);
  }

  /** The latest frame of an event; fails when there is none. */
  lastOf(event: string): Frame {
    const frame = this.of(event).at(-1);
    if (frame === undefined) throw new Error(`No ${event} was sent`);
    return frame;
  }

  reply([joinRef, ref, topic]: Frame, status: "ok" | "error", response: unknown): void {
    this.receive(joinRef, ref, topic, "phx_reply", { status, response });
  }

  /** Answers the latest join and sends the first patch. */
  acceptJoin(rootId: string, value: Record<string, unknown>, extra = {}): Frame {
    const join = this.lastOf("phx_join");
    this.reply(join, "ok", { root_id: rootId, ...extra });
    const tree = { __musubi_store_id__: [], ...value };
    this.patch(join, 0, rootId, [{ op: "replace", path: "", value: tree }]);
    return join;
  }

  patch(
    [joinRef, , topic]: Frame,
    base: number,
    rootId: string,
    ops: unknown[],
    more: object = {},
  ): void {
    this.receive(joinRef, null, topic, "patch", {
      type: "patch",
      root_id: rootId,
      base_version: base,
      version: base + 1,
      ops,
      stream_ops: [],
      upload_ops: [],
      events: [],
      ...more,
    });
  }
}

/** Fake timers for phoenix.js: it keeps time with them, and checks for a window at load. */
export function useFakeNetwork(): void {
  FakeWebSocket.opened = [];
  vi.useFakeTimers();
}
