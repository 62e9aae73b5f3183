import { Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { onRefused, whyRefused, type Refusal } from "../src/index.js";
import { FakeWebSocket, useFakeNetwork } from "./support/fake_web_socket.js";

beforeEach(useFakeNetwork);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const asked = vi.fn();
/** The server answers a plain GET like this; not at all if nothing is given. */
function answers(status?: number, body = ""): void {
  asked.mockReset();
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked(url, init);
    if (status === undefined) throw new TypeError("Failed to fetch");
    return new Response(body, { status });
  });
}

const open = (options = {}) =>
  new Socket("ws://device/socket", { transport: FakeWebSocket as never, ...options });

describe("why a socket is refused", () => {
  test.each([
    [403, "the token is wrong"],
    [403, ""],
    [404, "not found"],
    [429, "too many tries"],
    [503, "pool exhausted: connections"],
  ])("is what the server answers a plain GET with: %d %s", async (status, reason) => {
    answers(status, `${reason}\n`);
    expect(await whyRefused(open())).toEqual({ status, reason });
  });

  test.each([[400], [426], [408], [500], [502], [200]])(
    "is nothing when the answer is %d: trying again may help",
    async (status) => {
      answers(status, "something");
      expect(await whyRefused(open())).toBeUndefined();
    },
  );

  test("is nothing when nobody answers", async () => {
    answers();
    expect(await whyRefused(open())).toBeUndefined();
  });

  test("takes no page of HTML for a sentence", async () => {
    answers(403, "<!doctype html><title>Forbidden</title>");
    expect(await whyRefused(open())).toEqual({ status: 403, reason: "" });
  });

  test("is asked with what the socket itself would say", async () => {
    answers(403);
    await whyRefused(open({ params: () => ({ room: "7" }), authToken: "secret" }));
    const [url, { headers, cache }] = asked.mock.calls[0]!;
    expect(url).toBe("http://device/socket/websocket?room=7&vsn=2.0.0");
    expect(headers).toEqual({ "X-Phoenix-AuthToken": "secret" });
    expect(cache).toBe("no-store");
  });
});

describe("a socket that is refused", () => {
  function watched() {
    const socket = open();
    const refusals: Refusal[] = [];
    const stop = onRefused(socket as never, (refusal) => refusals.push(refusal));
    socket.connect();
    return { socket, refusals, stop };
  }
  const fail = async () => {
    FakeWebSocket.last.onerror(new Error("refused"));
    FakeWebSocket.last.drop();
    await vi.advanceTimersByTimeAsync(0);
  };

  test("is not tried again, until the page wants it", async () => {
    answers(403, "no such token");
    const { socket, refusals } = watched();
    await fail();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refusals).toEqual([{ status: 403, reason: "no such token" }]);
    expect(FakeWebSocket.opened).toHaveLength(1);

    socket.connect();
    await fail();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refusals).toHaveLength(2);
    expect(FakeWebSocket.opened).toHaveLength(2);

    socket.connect();
    FakeWebSocket.last.open();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(socket.isConnected()).toBe(true);
    expect(refusals).toHaveLength(2);
  });

  test("goes on when there is only no room", async () => {
    answers(503, "pool exhausted: connections");
    const { socket, refusals } = watched();
    await fail();
    expect(refusals[0]?.status).toBe(503);
    await vi.advanceTimersByTimeAsync(100);
    FakeWebSocket.last.open();
    expect(socket.isConnected()).toBe(true);
  });

  test("is one that was open before and is not taken back", async () => {
    answers(403, "this token was withdrawn");
    const { refusals } = watched();
    FakeWebSocket.last.open();
    FakeWebSocket.last.drop(1008);
    expect(asked).not.toHaveBeenCalled(); // a connection that ended is no refusal
    await vi.advanceTimersByTimeAsync(10);
    await fail();
    expect(refusals).toEqual([{ status: 403, reason: "this token was withdrawn" }]);
  });

  test("is not one whose server is away", async () => {
    answers();
    const { socket, refusals } = watched();
    for (let i = 0; i < 3; i += 1) {
      await fail();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(refusals).toEqual([]);
    FakeWebSocket.last.open();
    expect(socket.isConnected()).toBe(true);
  });

  const blocked = { status: 400, reason: expect.stringContaining("WebSockets do not get through") };

  test.each([[400], [426], [200]])(
    "is blocked on its way when three tries in a row end while a GET is answered with %d, and goes on",
    async (status) => {
      answers(status, "missing Upgrade: websocket");
      const { socket, refusals } = watched();
      for (let i = 0; i < 2; i += 1) {
        await fail();
        await vi.advanceTimersByTimeAsync(1000);
      }
      expect(refusals).toEqual([]);
      await fail();
      expect(refusals).toEqual([blocked]);
      await vi.advanceTimersByTimeAsync(10_000);
      FakeWebSocket.last.open();
      expect(socket.isConnected()).toBe(true);
    },
  );

  test("is not blocked when a server restarts that was open between the tries, or does not answer one", async () => {
    answers(400);
    const { refusals } = watched();
    for (let i = 0; i < 2; i += 1) {
      await fail();
      await vi.advanceTimersByTimeAsync(1000);
    }
    FakeWebSocket.last.open();
    FakeWebSocket.last.drop();
    await vi.advanceTimersByTimeAsync(1000);
    for (const status of [400, 400, undefined, 400, 400]) {
      answers(status);
      await fail();
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(refusals).toEqual([]);
  });

  test("is not told of when nobody wants to know any more", async () => {
    answers(403);
    const { refusals, stop } = watched();
    stop();
    await fail();
    expect(refusals).toEqual([]);
  });
});
