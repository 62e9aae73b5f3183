import { describe, expect, test } from "vitest";
import { child, firstPatch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";

describe("dispatchCommand", () => {
  test("sends store id, name and payload, and resolves with the reply", async () => {
    const { store, channel } = await mount({ lines: [child(["lines", "1"])] });
    const reply = store.lines[0]?.dispatchCommand("set_qty", { qty: 3 });
    expect(channel.lastPush.event).toBe("command");
    expect(channel.lastPush.payload).toEqual({
      store_id: ["lines", "1"],
      name: "set_qty",
      payload: { qty: 3 },
    });
    channel.lastPush.reply("ok", { ok: true });
    await expect(reply).resolves.toEqual({ ok: true });
  });

  test("sends an empty payload when there is none", async () => {
    const { store, channel } = await mount();
    void store.dispatchCommand("reset");
    expect(channel.lastPush.payload.payload).toEqual({});
  });

  test("rejects an error reply with what the server said", async () => {
    const { store, channel } = await mount();
    const reply = store.dispatchCommand("rename", { title: "x" });
    channel.lastPush.reply("error", { reason: "unknown command" });
    await expect(reply).rejects.toMatchObject({
      name: "MusubiCommandError",
      kind: "failed",
      command: "rename",
      storeId: [],
      code: "unknown command",
      reply: { reason: "unknown command" },
    });
  });

  test("rejects a command that is not answered in time", async () => {
    const { store, channel } = await mount();
    const reply = store.dispatchCommand("rename", { title: "x" });
    channel.lastPush.reply("timeout");
    await expect(reply).rejects.toMatchObject({ kind: "timeout", reply: undefined });
  });

  test("answers each of several commands by itself", async () => {
    const { store, channel } = await mount();
    const first = store.dispatchCommand("reset");
    const second = store.dispatchCommand("reset");
    channel.pushes[1]?.reply("ok", { cleared: 2 });
    channel.pushes[0]?.reply("ok", { cleared: 1 });
    await expect(Promise.all([first, second])).resolves.toEqual([{ cleared: 1 }, { cleared: 2 }]);
  });

  test("rejects at once while the root is not connected, and works again after", async () => {
    const { store, channel } = await mount();
    channel.emit("phx_error");
    await expect(store.dispatchCommand("reset")).rejects.toThrow("Store is not connected");
    expect(channel.pushes).toHaveLength(0);
    channel.emit("patch", firstPatch({}));
    void store.dispatchCommand("reset");
    expect(channel.pushes).toHaveLength(1);
  });

  test("rejects at once after the root has ended", async () => {
    const { store, connection } = await mount();
    await connection.disconnect();
    await expect(store.dispatchCommand("reset")).rejects.toThrow("Store is not connected");
  });
});
