import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Socket } from "../src/socket.js";

/** A WebSocket whose other side is this test. */
class FakeWebSocket {
  static made: FakeWebSocket[] = [];
  readyState = 0;
  sent: any[] = [];
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (event: { data: string }) => void;
  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeWebSocket.made.push(this);
  }
  send(data: any): void {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  end(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  tell(...frame: unknown[]): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  /** Answers the last frame. */
  answer(status: string, response: object = {}): void {
    const [joinRef, ref, topic] = this.sent.at(-1);
    this.tell(joinRef, ref, topic, "phx_reply", { status, response });
  }
}

const last = () => FakeWebSocket.made.at(-1)!;
let socket: Socket;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.made = [];
  socket = new Socket("ws://device/below/socket");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function joined() {
  socket.connect();
  last().open();
  const channel = socket.channel("t:1", { a: 1 });
  const ok = vi.fn();
  channel.join().receive("ok", ok);
  last().answer("ok", { root_id: "x" });
  return { channel, ok };
}

describe("the socket of the page", () => {
  test("asks for the transport's address, and shows its token as phoenix.js does", () => {
    socket.authToken = "geheim?>";
    socket.connect();
    expect(last().url).toBe("ws://device/below/socket/websocket?vsn=2.0.0");
    expect(last().protocols).toEqual(["phoenix", "base64url.bearer.phx.Z2VoZWltPz4"]);
  });

  test("joins when it is open, and hears what comes for that join alone", () => {
    socket.connect();
    const channel = socket.channel("t:1", { a: 1 });
    const [ok, patch] = [vi.fn(), vi.fn()];
    channel.on("patch", patch);
    channel.join().receive("ok", ok);
    expect(last().sent).toEqual([]);
    last().open();
    expect(last().sent).toEqual([["1", "1", "t:1", "phx_join", { a: 1 }]]);
    last().answer("ok", { root_id: "x" });
    expect(ok).toHaveBeenCalledWith({ root_id: "x" });
    last().tell("1", null, "t:1", "patch", { version: 1 });
    last().tell("0", null, "t:1", "patch", { version: 2 });
    last().tell("1", null, "t:2", "patch", { version: 3 });
    expect(patch.mock.calls).toEqual([[{ version: 1 }]]);
  });

  test("sends what was pushed before the join, and settles it by its reply or after ten seconds", () => {
    socket.connect();
    last().open();
    const channel = socket.channel("t:1", {});
    channel.join();
    const [ok, error, timeout] = [vi.fn(), vi.fn(), vi.fn()];
    const first = channel.push("command", { name: "a" });
    first.receive("ok", ok);
    first.receive("error", error);
    expect(last().sent).toHaveLength(1);
    last().answer("ok");
    expect(last().sent[1]).toEqual(["1", "2", "t:1", "command", { name: "a" }]);
    last().answer("error", { reason: "no" });
    expect([ok.mock.calls, error.mock.calls]).toEqual([[], [[{ reason: "no" }]]]);
    channel.push("command", { name: "b" }).receive("timeout", timeout);
    vi.advanceTimersByTime(10_000);
    expect(timeout).toHaveBeenCalledOnce();
  });

  test("sends bytes as a binary push", () => {
    const { channel } = joined();
    channel.push("chunk", new Uint8Array([7, 8]).buffer);
    const [kind, ...rest] = [...(last().sent[1] as Uint8Array)];
    expect(kind).toBe(0);
    expect(String.fromCharCode(...rest)).toBe("\x01\x01\x03\x0512t:1chunk\x07\x08");
  });

  test("reconnects by itself, a little later each time, and joins again", () => {
    const { channel, ok } = joined();
    const [lost, closed] = [vi.fn(), vi.fn()];
    channel.onError(lost);
    socket.onClose(closed);
    last().end();
    expect([lost.mock.calls.length, closed.mock.calls.length, socket.isConnected()]).toEqual([1, 1, false]);
    vi.advanceTimersByTime(100);
    expect(FakeWebSocket.made).toHaveLength(2);
    last().end();
    vi.advanceTimersByTime(249);
    expect(FakeWebSocket.made).toHaveLength(2);
    vi.advanceTimersByTime(1);
    last().open();
    expect((last().sent[0] as unknown[]).slice(2)).toEqual(["t:1", "phx_join", { a: 1 }]);
    last().answer("ok");
    expect(ok).toHaveBeenCalledTimes(2);
  });

  test("gives up a connection whose heartbeat was not answered", () => {
    joined();
    const connection = last();
    vi.advanceTimersByTime(30_000);
    expect(connection.sent.at(-1)).toEqual([null, "2", "phoenix", "heartbeat", {}]);
    connection.answer("ok");
    vi.advanceTimersByTime(30_000);
    expect(socket.isConnected()).toBe(true);
    vi.advanceTimersByTime(30_000);
    expect(socket.isConnected()).toBe(false);
    expect(connection.readyState).toBe(3);
  });

  test("tries a refused or failed join again later, and remembers what it was told", () => {
    socket.connect();
    last().open();
    const channel = socket.channel("t:1", {});
    const error = vi.fn();
    channel.join().receive("error", error);
    last().answer("error", { reason: "who are you?", field: "name" });
    expect(error).toHaveBeenCalledOnce();
    expect(socket.refused.get("t:1")).toEqual({ reason: "who are you?", field: "name" });
    vi.advanceTimersByTime(1000);
    expect(last().sent).toHaveLength(2);
    last().answer("ok");
    last().tell("2", null, "t:1", "phx_error", {});
    vi.advanceTimersByTime(1000);
    expect(last().sent).toHaveLength(3);
  });

  test("leaves for good, and tells of a close by the other side", () => {
    const { channel } = joined();
    const close = vi.fn();
    channel.onClose(close);
    channel.leave();
    expect(last().sent.at(-1)).toEqual(["1", "2", "t:1", "phx_leave", {}]);
    last().tell("1", null, "t:1", "phx_close", {});
    expect(close).not.toHaveBeenCalled();
    const other = socket.channel("t:2", {});
    other.onClose(close);
    other.join();
    last().answer("ok");
    last().tell("3", null, "t:2", "phx_close", {});
    expect(close).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(last().sent.filter((each) => each[3] === "phx_join")).toHaveLength(2);
  });

  test("stays disconnected when told so, until it is told to connect", () => {
    socket.connect();
    last().end();
    socket.disconnect();
    vi.advanceTimersByTime(60_000);
    expect(FakeWebSocket.made).toHaveLength(1);
    socket.connect();
    expect(FakeWebSocket.made).toHaveLength(2);
  });
});
