import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sendable } from "../src/sendable.js";
import { connect } from "../src/index.js";
import { FakeSocket } from "./support/fake_socket.js";
import { mount } from "./support/mount.js";

const HALF = "\ud83d"; // half an emoji, as a text cut at a number of characters ends with

describe("what is sent", () => {
  test("has U+FFFD for half a surrogate pair, in values and in keys", () => {
    expect(sendable({ [`a${HALF}`]: [`${HALF}b`, "\udc00", "\ud83d\ude00", `\\${HALF}`] })).toEqual({
      "a\ufffd": ["\ufffdb", "\ufffd", "\ud83d\ude00", "\\\ufffd"],
    });
  });

  test("leaves text alone that only looks like an escape", () => {
    const text = String.raw`\ud83d \\ud83d \u0000 "\udc00"`;
    expect(sendable({ text })).toEqual({ text });
  });

  test("keeps U+0000, which JSON can say", () => {
    expect(sendable({ text: "a\0b" })).toEqual({ text: "a\0b" });
  });

  test("is what JSON can say, well formed, whatever it was", () => {
    fc.assert(
      fc.property(fc.object({ key: fc.string({ unit: "binary" }), maxDepth: 2 }), (value) => {
        const sent = sendable(value);
        const text = JSON.stringify(sent);
        expect(text).not.toMatch(/(?<!\\)(?:\\\\)*\\ud[89a-f]/);
        expect(sendable(sent)).toEqual(sent);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a command", () => {
  test("is sent well formed, and as it was when it was given", async () => {
    const { store, channel } = await mount();
    const payload = { title: `smile ${HALF}` };
    void store.dispatchCommand("rename", payload).catch(() => undefined);
    payload.title = "later";
    expect(channel.lastPush.payload.payload).toEqual({ title: "smile \ufffd" });
  });

  test("that JSON cannot say is rejected, and nothing is sent", async () => {
    const { store, channel } = await mount();
    const circle: any = {};
    circle.self = circle;
    await expect(store.dispatchCommand("rename", circle)).rejects.toThrow(TypeError);
    await expect(store.dispatchCommand("rename", { title: 1n } as any)).rejects.toThrow(TypeError);
    expect(channel.pushes).toEqual([]);
  });
});

describe("a mount", () => {
  test("is sent well formed: module, id, params and topic", async () => {
    const socket = new FakeSocket();
    const connection = await connect(socket);
    void connection.mountStore({ module: "Demo.Page", id: HALF, params: { name: HALF } });
    const { topic, payload } = socket.lastChannel;
    expect(topic).toBe("musubi:connection:Demo.Page:\ufffd");
    expect(payload).toEqual({ module: "Demo.Page", id: "\ufffd", params: { name: "\ufffd" } });
  });

  test("whose params JSON cannot say is rejected, and opens no channel", async () => {
    const socket = new FakeSocket();
    const connection = await connect(socket);
    const params: any = {};
    params.self = params;
    const mounting = connection.mountStore({ module: "Demo.Page", id: "main", params });
    await expect(mounting).rejects.toThrow(TypeError);
    expect(socket.channels).toEqual([]);
  });
});
