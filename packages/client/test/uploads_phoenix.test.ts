import { Socket } from "phoenix";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect, type UploadHandle } from "../src/index.js";
import { ROOT_ID } from "./support/envelopes.js";
import { FakeWebSocket, useFakeNetwork, type Frame } from "./support/fake_web_socket.js";
import { TARGET } from "./support/mount.js";
import { AVATAR, CONFIG, file, op } from "./support/uploads.js";

// phoenix.js itself between an upload and a fake network: its binary frames, its rejoins.
beforeEach(useFakeNetwork);
afterEach(() => {
  vi.useRealTimers();
});

const TOPIC = "musubi_upload:u_Qm9vYmFy0";

/** A binary push (kind 0), taken apart by the layout of contract section 1.3. */
function readChunk(frame: Uint8Array) {
  const [kind, ...lengths] = frame.slice(0, 5);
  let at = 5;
  const [joinRef, ref, topic, event] = lengths.map((length) =>
    new TextDecoder().decode(frame.slice(at, (at += length))),
  );
  return { kind, joinRef, ref, topic, event, payload: frame.slice(at) };
}

/** Selects a file and starts to send it, to where the server has accepted the upload's join. */
async function uploading(content: string) {
  const socket = new Socket("ws://device/socket", { transport: FakeWebSocket as never });
  const connection = await connect(socket);
  const mounting = connection.mountStore(TARGET);
  const server = FakeWebSocket.last;
  server.open();
  const root = server.acceptJoin(ROOT_ID, AVATAR);
  const { store } = await mounting;
  const avatar = store.avatar as UploadHandle;

  const selecting = avatar.select([file(content)]);
  server.reply(server.lastOf("allow_upload"), "ok", {
    ref: "avatar",
    config: CONFIG,
    entries: { "0": { type: "channel", entry_ref: "u_Qm9vYmFy0", token: "SFMyNTY" } },
    errors: [],
  });
  await selecting;
  const started = avatar.start();
  const join = server.lastOf("phx_join");
  expect(join).toEqual([join[1], join[1], TOPIC, "phx_join", { token: "SFMyNTY" }]);
  server.reply(join, "ok", {});

  const chunk = async (index: number) => {
    await vi.waitFor(() => expect(server.binary.length).toBeGreaterThan(index));
    return readChunk(server.binary[index] as Uint8Array);
  };
  const answer = (
    { joinRef, ref }: Awaited<ReturnType<typeof chunk>>,
    status: "ok" | "error",
    response: object,
  ) => server.reply([joinRef, ref, TOPIC, "chunk", null] as Frame, status, response);
  /** The server has the whole file. */
  const complete = () =>
    server.patch(root, 1, ROOT_ID, [], {
      upload_ops: [op({ op: "complete", ref: "u_Qm9vYmFy0" })],
    });
  const joins = () =>
    FakeWebSocket.opened
      .flatMap((each) => each.of("phx_join"))
      .filter(([, , topic]) => topic === TOPIC);
  return { avatar, started, join, server, chunk, answer, complete, joins };
}

describe("chunks over phoenix.js", () => {
  test("are binary frames as the contract has them, each after the reply to the last", async () => {
    const { avatar, started, join, server, chunk, answer, complete } =
      await uploading("ab\0\u00ffcd");
    const sent: number[] = [];
    for (const [index, progress] of [57, 100].entries()) {
      const frame = await chunk(index);
      expect(frame).toMatchObject({ kind: 0, joinRef: join[0], topic: TOPIC, event: "chunk" });
      expect(Number(frame.ref)).toBeGreaterThan(Number(join[1]));
      expect(server.binary).toHaveLength(index + 1);
      sent.push(...frame.payload);
      answer(frame, "ok", { progress });
    }
    server.receive(join[0], join[0], TOPIC, "phx_close", {});
    complete();
    await started;
    expect(sent).toEqual([...new TextEncoder().encode("ab\0\u00ffcd")]);
    expect([avatar.status, avatar.progress]).toEqual(["success", 100]);
    expect(server.of("phx_leave")).toEqual([]);
  });

  test("the header is five bytes and four strings, then the payload to the end", async () => {
    const { join, chunk, server } = await uploading("x");
    const { ref } = await chunk(0);
    const text = `${join[0]}${ref}${TOPIC}chunkx`;
    const lengths = [join[0], ref, TOPIC, "chunk"].map((part) => part?.length as number);
    expect([...(server.binary[0] as Uint8Array)]).toEqual([
      0,
      ...lengths,
      ...new TextEncoder().encode(text),
    ]);
  });

  test("of an empty file are one frame without payload", async () => {
    const { started, avatar, chunk, answer, complete } = await uploading("");
    const frame = await chunk(0);
    expect(frame.payload).toHaveLength(0);
    answer(frame, "ok", { progress: 100 });
    complete();
    await started;
    expect(avatar.status).toBe("success");
  });

  test("that are refused end the upload, and the channel is left", async () => {
    const { started, avatar, chunk, answer, server } = await uploading("abcdefgh");
    answer(await chunk(0), "error", { reason: "chunk too large" });
    await started;
    expect(avatar.status).toBe("error");
    expect(server.of("phx_leave").map(([, , topic]) => topic)).toEqual([TOPIC]);
  });

  test("that are not answered for ten seconds end the upload", async () => {
    const { started, avatar, chunk } = await uploading("abcdefgh");
    await chunk(0);
    await vi.advanceTimersByTimeAsync(10_000);
    await started;
    expect(avatar.entries[0]).toMatchObject({ status: "error", errors: [{ code: "timeout" }] });
  });

  test("end with the connection; their channel is not joined again with the spent token", async () => {
    const { started, avatar, chunk, joins } = await uploading("abcdefgh");
    await chunk(0);
    FakeWebSocket.last.drop();
    await started;
    expect(avatar.status).toBe("error");
    await vi.advanceTimersByTimeAsync(10);
    FakeWebSocket.last.open();
    FakeWebSocket.last.acceptJoin(ROOT_ID, AVATAR);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(joins()).toHaveLength(1);
    expect(avatar).toMatchObject({ status: "idle", entries: [] });
  });

  test("leave no channel behind when the connection drops before the server closed it", async () => {
    const { started, chunk, answer, complete, joins } = await uploading("abcd");
    answer(await chunk(0), "ok", { progress: 100 });
    complete();
    await started;
    FakeWebSocket.last.drop();
    await vi.advanceTimersByTimeAsync(10);
    FakeWebSocket.last.open();
    FakeWebSocket.last.acceptJoin(ROOT_ID, AVATAR);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(joins()).toHaveLength(1);
  });

  test("given up: the server is asked first, then the channel is left", async () => {
    const { started, avatar, chunk, server } = await uploading("abcdefgh");
    await chunk(0);
    const cancelled = avatar.cancel();
    const [request] = server.of("cancel_upload");
    server.reply(request as Frame, "ok", {});
    await Promise.all([cancelled, started]);
    const order = server.sent.map(([, , , event]) => event).slice(-2);
    expect(order).toEqual(["cancel_upload", "phx_leave"]);
    expect(avatar).toMatchObject({ status: "cancelled", entries: [] });
  });
});
