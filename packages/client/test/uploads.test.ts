import { describe, expect, test, vi } from "vitest";
import { connectWith, type ExternalUploaderArgs, type UploadStatus } from "../src/index.js";
import { child, firstPatch, patch } from "./support/envelopes.js";
import { FakeSocket } from "./support/fake_socket.js";
import { accept, mount, TARGET } from "./support/mount.js";
import { add, AVATAR, CONFIG, file, op, text, UploadPage } from "./support/uploads.js";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe("an upload handle", () => {
  test("has the defaults until the server has sent the declaration", async () => {
    const { store } = await mount(AVATAR);
    const avatar = (store as any).avatar;
    expect(avatar.config).toEqual({
      accept: "any",
      maxEntries: 1,
      maxFileSize: 8_000_000,
      chunkSize: 64_000,
    });
    expect([avatar.status, avatar.entries, avatar.errors, avatar.progress]).toEqual([
      "idle",
      [],
      [],
      0,
    ]);
    expect(avatar.isIdle).toBe(true);
  });

  test("takes the declaration of the first envelope", async () => {
    const { avatar } = await UploadPage.mount();
    expect(avatar.config).toEqual({
      accept: [".png"],
      maxEntries: 2,
      maxFileSize: 1_000_000,
      chunkSize: 4,
    });
  });

  test("is the same object in the proxy, in snapshots and after a reconnect", async () => {
    const page = await UploadPage.mount();
    const { avatar } = page;
    page.apply(add("u_1"));
    expect(page.avatar).toBe(avatar);
    expect((page.store.snapshot() as any).avatar).toBe(avatar);
    page.channel.emit("phx_error");
    page.channel.emit("patch", firstPatch(AVATAR));
    expect(page.avatar).toBe(avatar);
  });

  test("of a connection without uploads is the marker of the wire", async () => {
    const socket = new FakeSocket();
    const mounting = (await connectWith(socket)).mountStore(TARGET);
    accept(socket.lastChannel, AVATAR);
    const { store } = await mounting;
    expect(store.snapshot()).toMatchObject(AVATAR);
    expect(store.avatar).toEqual(AVATAR.avatar);
  });

  test("is not made of a marker with a second key", async () => {
    const { store } = await mount({ meta: { __musubi_upload__: "avatar", more: 1 } });
    expect(store.meta).toEqual({ __musubi_upload__: "avatar", more: 1 });
  });

  test("tells its own changes, by an envelope or by itself, and no others of its store", async () => {
    const page = await UploadPage.mount();
    const { subscribe } = page.avatar; // needs no `this`: React is given it as it is
    const seen: unknown[] = [];
    const stop = subscribe(() => seen.push([page.avatar.status, page.avatar.progress]));
    const ops = [{ op: "add", path: "/title", value: "new" }] as const;
    page.channel.emit("patch", patch(page.version++, { ops: [...ops] }));
    expect(seen).toEqual([]);
    await page.accept(file("0123456789"));
    seen.length = 0;
    page.apply(op({ op: "progress", ref: "u_0", progress: 40 }));
    expect(seen).toEqual([["selecting", 40]]);
    void page.avatar.reset();
    expect(seen.at(-1)).toEqual(["idle", 0]);
    stop();
    seen.length = 0;
    page.apply(add("u_9"));
    expect(seen).toEqual([]);
  });

  test("belongs to its store and name", async () => {
    const { store } = await mount({
      ...AVATAR,
      cover: child(["cover"], { ...AVATAR, scan: { __musubi_upload__: "scan" } }),
    });
    const { avatar, cover } = store as any;
    expect(new Set([avatar, cover.avatar, cover.scan]).size).toBe(3);
    expect(cover.avatar).toBe(cover.avatar);
  });
});

describe("upload ops", () => {
  const entry = {
    ref: "u_1",
    clientName: "a.png",
    clientSize: 10,
    clientType: "image/png",
    errors: [],
  };

  test("add: an entry, or a new content for the one of that ref", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1", "old.png"), add("u_2"), add("u_1"));
    expect(page.avatar.entries.map(({ ref }) => ref)).toEqual(["u_1", "u_2"]);
    expect(page.avatar.entries[0]).toMatchObject({ ...entry, progress: 0, status: "pending" });
    expect(page.avatar.entries[0]?.isPending).toBe(true);
  });

  test("progress: the entry and the mean of all", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1"), add("u_2"), op({ op: "progress", ref: "u_1", progress: 33 }));
    expect(page.avatar.entries[0]).toMatchObject({ progress: 33, status: "uploading" });
    expect(page.avatar.progress).toBe(17);
    page.apply(op({ op: "progress", ref: "u_1", progress: 100 }));
    expect(page.avatar.entries[0]).toMatchObject({ progress: 100, isSuccess: true });
  });

  test("complete: success, also when no progress of 100 came before", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1"), op({ op: "complete", ref: "u_1" }));
    expect(page.avatar.entries[0]).toMatchObject({ progress: 100, status: "success" });
    page.apply(op({ op: "progress", ref: "u_1", progress: 66 }));
    expect(page.avatar.entries[0]).toMatchObject({ progress: 100, status: "success" });
  });

  test("error: noted at its entry, or at the upload when it names none", async () => {
    const page = await UploadPage.mount();
    const error = { code: "chunk_timeout", message: "upload timed out between chunks" };
    page.apply(add("u_1"), op({ op: "error", ref: "u_1", error }));
    expect(page.avatar.entries[0]).toMatchObject({
      status: "error",
      isError: true,
      errors: [error],
    });
    expect(page.avatar.errors).toEqual([]);
    page.apply(op({ op: "error", error }));
    expect(page.avatar.errors).toEqual([error]);
  });

  test("cancel: the entry goes", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1"), add("u_2"), op({ op: "cancel", ref: "u_1" }));
    expect(page.avatar.entries.map(({ ref }) => ref)).toEqual(["u_2"]);
  });

  test("reset: entries and errors go, and the upload is idle", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abc"));
    const error = { code: "internal", message: "internal upload error" };
    page.apply(op({ op: "error", error }), op({ op: "reset" }));
    expect([page.avatar.entries, page.avatar.errors, page.avatar.status]).toEqual([[], [], "idle"]);
    expect(page.avatar.config.chunkSize).toBe(4);
  });

  test("about an entry that is not there, or of an unknown kind, change nothing", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1"));
    const before = page.avatar.entries;
    page.apply(
      op({ op: "progress", ref: "u_9", progress: 5 }),
      op({ op: "complete", ref: "u_9" }),
      { ...op({ op: "reset" }), op: "shuffle" } as never,
    );
    expect(page.avatar.entries).toEqual(before);
  });

  test("give the store and its ancestors new snapshots, and tell the store", async () => {
    const { store, channel } = await mount({
      cover: child(["cover"], AVATAR),
      lines: [child(["lines", "1"])],
    });
    const cover = store.cover as any;
    const line = store.lines[0];
    const before = [store.snapshot(), cover.snapshot(), line?.snapshot()];
    const told = { root: vi.fn(), cover: vi.fn() };
    store.subscribe(told.root);
    cover.subscribe(told.cover);
    channel.emit("patch", patch(1, { upload_ops: [add("u_1", "a.png", 10, ["cover"])] }));
    expect(told.cover).toHaveBeenCalledTimes(1);
    expect(told.root).not.toHaveBeenCalled(); // as for streams: contract section 13.3
    expect(store.snapshot()).not.toBe(before[0]);
    expect(cover.snapshot()).not.toBe(before[1]);
    expect(line?.snapshot()).toBe(before[2]);
    expect(store.snapshot()).toBe(store.snapshot());
    expect(cover.avatar.entries).toHaveLength(1);
  });

  test("in a first envelope begin anew: entries of the runtime before are gone", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abc"));
    page.channel.emit("phx_error");
    expect(page.avatar.entries).toHaveLength(1); // what is shown stays meanwhile
    page.channel.emit("patch", firstPatch(AVATAR, { upload_ops: [add("u_7")] }));
    expect(page.avatar.entries.map(({ ref }) => ref)).toEqual(["u_7"]);
    expect(page.avatar.status).toBe("idle");
  });

  test("go with their store, and do not return with it", async () => {
    const { store, channel } = await mount({ cover: child(["cover"], AVATAR) });
    const first = (store.cover as any).avatar;
    channel.emit("patch", patch(1, { upload_ops: [add("u_1", "a.png", 10, ["cover"])] }));
    channel.emit("patch", patch(2, { ops: [{ op: "replace", path: "/cover", value: null }] }));
    expect(first.entries).toEqual([]);
    const value = child(["cover"], AVATAR);
    channel.emit("patch", patch(3, { ops: [{ op: "replace", path: "/cover", value }] }));
    expect((store.cover as any).avatar).not.toBe(first);
    expect((store.cover as any).avatar.entries).toEqual([]);
  });

  test("that cannot be read have the root rebuilt", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const page = await UploadPage.mount();
    page.apply({ op: "add", upload: "avatar", store_id: [], ref: "u_1" } as never);
    expect(error).toHaveBeenCalled();
    expect(page.socket.channels).toHaveLength(2);
  });
});

describe("select", () => {
  test("asks the server and has the entries at once", async () => {
    const page = await UploadPage.mount();
    const selecting = page.avatar.select([file("abcde"), file("xy", "b.png")]);
    expect(page.avatar.isSelecting).toBe(true);
    expect(page.lastPush("allow_upload").payload).toEqual({
      store_id: [],
      name: "avatar",
      entries: [
        { client_ref: "0", name: "a.png", size: 5, type: "image/png" },
        { client_ref: "1", name: "b.png", size: 2, type: "image/png" },
      ],
    });
    page.lastPush("allow_upload").reply("ok", {
      ref: "avatar",
      config: { ...CONFIG, chunk_size: 2 },
      entries: { "1": { type: "channel", entry_ref: "u_b", token: "t" } },
      errors: [
        { client_ref: "0", error: { code: "too_large", message: "file exceeds the maximum size" } },
      ],
    });
    const entries = await selecting;
    expect(entries).toMatchObject([
      { ref: "u_b", clientName: "b.png", clientSize: 2, progress: 0 },
    ]);
    expect(page.avatar.entries).toBe(entries);
    expect(page.avatar.config.chunkSize).toBe(2);
    expect(page.avatar.errors).toEqual([
      { code: "too_large", message: "file exceeds the maximum size" },
    ]);
    expect([page.avatar.status, page.avatar.isError]).toEqual(["error", true]);
  });

  test("stays at selecting when every file was taken", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abc"));
    expect(page.avatar.status).toBe("selecting");
    expect(page.avatar.entries).toHaveLength(1);
  });

  test("of nothing asks nobody", async () => {
    const page = await UploadPage.mount();
    page.apply(add("u_1"));
    expect(await page.avatar.select([])).toBe(page.avatar.entries);
    expect([page.pushes("allow_upload"), page.avatar.status]).toEqual([[], "idle"]);
  });

  test.each([
    ["error", { reason: "unknown upload" }, 'Command "allow_upload" failed: unknown upload'],
    ["timeout", undefined, 'Command "allow_upload" timed out'],
  ] as const)("does not stay selecting when the answer is %s", async (status, reply, message) => {
    const page = await UploadPage.mount();
    const selecting = page.avatar.select([file("abc")]);
    page.lastPush("allow_upload").reply(status, reply);
    await expect(selecting).rejects.toThrow(message);
    expect(page.avatar.status).toBe("error");
  });

  test("does not stay selecting when the connection is lost, or was not there", async () => {
    const page = await UploadPage.mount();
    const selecting = page.avatar.select([file("abc")]);
    page.channel.emit("phx_error");
    await expect(selecting).rejects.toThrow(/^Disconnected$/);
    expect(page.avatar.status).toBe("error");
    await expect(page.avatar.select([file("abc")])).rejects.toThrow("Store is not connected");
    expect(page.avatar.status).toBe("error");
    page.channel.emit("patch", firstPatch(AVATAR));
    expect(page.avatar.status).toBe("idle");
  });

  test("tells the store's subscribers of every step", async () => {
    const page = await UploadPage.mount();
    const seen: UploadStatus[] = [];
    let last: unknown;
    page.store.subscribe(() => {
      expect(page.store.snapshot()).not.toBe(last);
      last = page.store.snapshot();
      seen.push(page.avatar.status);
    });
    const selecting = page.avatar.select([file("abc")]);
    page.lastPush("allow_upload").reply("error", {});
    await selecting.catch(() => undefined);
    expect(seen).toEqual(["selecting", "error"]);
  });
});

describe("start, in channel mode", () => {
  test("sends each file over a channel of its own, chunk after answered chunk", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefghij"));
    const started = page.avatar.start();
    expect(page.avatar.isUploading).toBe(true);
    const transfer = page.transfer("u_0");
    expect(transfer.payload).toEqual({ token: "token 0" });
    expect(transfer.joins).toBe(1);
    await settled();
    expect(transfer.pushes).toEqual([]);

    transfer.joinPush.reply("ok", {});
    const chunks: string[] = [];
    for (const [i, progress] of [40, 80, 100].entries()) {
      const chunk = await page.chunk("u_0", i + 1);
      await settled();
      expect(transfer.pushes).toHaveLength(i + 1); // the next waits for the answer to this one
      expect(chunk.event).toBe("chunk");
      expect(chunk.payload).toBeInstanceOf(ArrayBuffer);
      chunks.push(text(chunk));
      chunk.reply("ok", { progress });
    }
    transfer.emit("phx_close");
    await settled();
    expect(page.avatar).toMatchObject({ status: "uploading", isSuccess: false });
    page.apply(op({ op: "complete", ref: "u_0" }));
    await started;
    expect(chunks).toEqual(["abcd", "efgh", "ij"]);
    expect(page.avatar).toMatchObject({ status: "success", isSuccess: true, progress: 100 });
    expect(transfer.left).toBe(0); // the server has closed it
  });

  test("sends an empty file as one empty chunk, so that it completes", async () => {
    const page = await UploadPage.mount();
    await page.accept(file(""));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    const chunk = await page.chunk("u_0", 1);
    expect(chunk.payload.byteLength).toBe(0);
    page.finish("u_0", chunk);
    await started;
    expect(page.avatar.status).toBe("success");
  });

  test("succeeds when the server has the whole file, not when it took the last chunk", async () => {
    vi.useFakeTimers();
    const page = await UploadPage.mount();
    await page.accept(file("abcd"), file("wxyz", "b.png"));
    const started = page.avatar.start();
    for (const ref of ["u_0", "u_1"]) page.transfer(ref).joinPush.reply("ok", {});
    page.finish("u_0", await page.chunk("u_0", 1));
    (await page.chunk("u_1", 1)).reply("ok", { progress: 100 });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(page.avatar.status).toBe("uploading");
    await vi.advanceTimersByTimeAsync(1000);
    await started;
    vi.useRealTimers();
    expect(page.avatar.entries.map(({ status, errors }) => [status, errors[0]?.code])).toEqual([
      ["success", undefined],
      ["error", "timeout"],
    ]);
  });

  test("of two files of one name are two entries", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd", "image.png"), file("wxyz", "image.png"));
    const started = page.avatar.start();
    for (const ref of ["u_0", "u_1"]) {
      page.transfer(ref).joinPush.reply("ok", {});
      page.finish(ref, await page.chunk(ref, 1));
    }
    await started;
    expect(page.avatar.entries.map(({ ref, clientName }) => [ref, clientName])).toEqual([
      ["u_0", "image.png"],
      ["u_1", "image.png"],
    ]);
    expect(page.avatar.isSuccess).toBe(true);
  });

  test("sends a file of exactly one chunk as one", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    page.finish("u_0", await page.chunk("u_0", 1));
    await started;
    expect(page.transfer("u_0").pushes).toHaveLength(1);
  });

  test("sends all files at once, and ends when the last is through", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"), file("wxyz", "b.png"));
    const started = page.avatar.start();
    for (const ref of ["u_0", "u_1"]) page.transfer(ref).joinPush.reply("ok", {});
    page.finish("u_1", await page.chunk("u_1", 1));
    await settled();
    expect(page.avatar.status).toBe("uploading");
    expect(page.avatar.entries.map(({ status }) => status)).toEqual(["pending", "success"]);
    page.finish("u_0", await page.chunk("u_0", 1));
    await started;
    expect(page.avatar.status).toBe("success");
  });

  test("without files does nothing", async () => {
    const page = await UploadPage.mount();
    await page.avatar.start();
    expect([page.avatar.status, page.socket.channels.length]).toEqual(["idle", 1]);
  });

  test("does not send a file twice", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    const started = Promise.all([page.avatar.start(), page.avatar.start()]);
    page.transfer("u_0").joinPush.reply("ok", {});
    page.finish("u_0", await page.chunk("u_0", 1));
    await started;
    await page.avatar.start();
    expect(page.socket.channels).toHaveLength(2);
  });

  test.each([
    ["refused", "error", { reason: "unauthorized" }, "unauthorized"],
    ["not answered", "timeout", undefined, "timeout"],
  ] as const)("fails when the join is %s, and says why", async (_how, status, reply, code) => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply(status, reply);
    await started;
    expect(page.avatar.status).toBe("error");
    expect(page.avatar.entries[0]).toMatchObject({ status: "error", errors: [{ code }] });
    expect(page.transfer("u_0").left).toBe(1); // or phoenix.js would try for ever
  });

  test("fails when a chunk is refused; the server's op says why, once", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    (await page.chunk("u_0", 1)).reply("error", { reason: "write failed" });
    await started;
    const error = { code: "internal", message: "internal upload error" };
    page.apply(op({ op: "error", ref: "u_0", error }));
    expect(page.avatar.status).toBe("error");
    expect(page.avatar.entries[0]?.errors).toEqual([error]);
  });

  test("fails when the server closes the channel before the end", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    await page.chunk("u_0", 1);
    page.transfer("u_0").emit("phx_close");
    await started;
    expect(page.avatar.entries[0]?.status).toBe("error");
  });

  test("fails when the file cannot be read", async () => {
    const page = await UploadPage.mount();
    const broken = file("abcd");
    broken.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) as never;
    await page.accept(broken);
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    await started;
    expect(page.avatar.entries[0]).toMatchObject({
      status: "error",
      errors: [{ code: "internal", message: "gone" }],
    });
    expect(page.transfer("u_0").left).toBe(1);
  });

  test("counts one failure among successes as an error", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"), file("wxyz", "b.png"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("error", { reason: "unauthorized" });
    page.transfer("u_1").joinPush.reply("ok", {});
    page.finish("u_1", await page.chunk("u_1", 1));
    await started;
    expect(page.avatar.status).toBe("error");
    expect(page.avatar.entries.map(({ status }) => status)).toEqual(["error", "success"]);
  });

  test("ends with the connection, and the channel is not joined again", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    await page.chunk("u_0", 1);
    page.transfer("u_0").emit("phx_error");
    page.channel.emit("phx_error");
    await started;
    expect(page.avatar.status).toBe("error");
    expect(page.transfer("u_0").left).toBeGreaterThan(0);
    page.channel.emit("patch", firstPatch(AVATAR));
    expect(page.avatar).toMatchObject({ status: "idle", entries: [] });
  });

  test("ends with the root: an unmount stops the transfer", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    await page.chunk("u_0", 1);
    await page.unmount();
    await started;
    expect(page.transfer("u_0").left).toBe(1);
  });

  test("stays idle after a reset by the server while it ran", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    await page.chunk("u_0", 1);
    page.apply(op({ op: "reset" }));
    await started;
    expect(page.avatar).toMatchObject({ status: "idle", entries: [] });
    expect(page.transfer("u_0").left).toBe(1);
  });

  test("a second selection joins the first while that is under way", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    const started = page.avatar.start();
    const selecting = page.avatar.select([file("xy", "b.png")]);
    const entries = { "0": { type: "channel", entry_ref: "u_b", token: "t" } };
    page
      .lastPush("allow_upload")
      .reply("ok", { ref: "avatar", config: CONFIG, entries, errors: [] });
    await selecting;
    expect(page.avatar.status).toBe("uploading");
    const second = page.avatar.start();
    for (const ref of ["u_0", "u_b"]) {
      page.transfer(ref).joinPush.reply("ok", {});
      page.finish(ref, await page.chunk(ref, 1));
    }
    await Promise.all([started, second]);
    expect(page.avatar).toMatchObject({ status: "success", progress: 100 });
  });
});

describe("cancel", () => {
  test("asks the server before it closes the transfer's channel", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    const transfer = page.transfer("u_0");
    transfer.joinPush.reply("ok", {});
    await page.chunk("u_0", 1);
    const order: string[] = [];
    vi.spyOn(page.channel, "push").mockImplementationOnce((event, payload) => {
      order.push(event);
      expect(payload).toEqual({ store_id: [], name: "avatar", ref: "u_0" });
      page.channel.pushes.push(transfer.push(event, payload));
      return page.channel.lastPush;
    });
    vi.spyOn(transfer, "leave").mockImplementation(() => order.push("leave") as never);
    const cancelled = page.avatar.cancel("u_0");
    await settled();
    expect(order).toEqual(["cancel_upload", "leave"]);
    page.channel.lastPush.reply("ok", {});
    await Promise.all([cancelled, started]);
    expect(page.avatar).toMatchObject({ status: "cancelled", isCancelled: true, entries: [] });
  });

  test("of one entry leaves the others alone", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"), file("wxyz", "b.png"));
    const started = page.avatar.start();
    const cancelled = page.avatar.cancel("u_0");
    page.lastPush("cancel_upload").reply("ok", {});
    await cancelled;
    page.transfer("u_1").joinPush.reply("ok", {});
    page.finish("u_1", await page.chunk("u_1", 1));
    await started;
    expect(page.avatar.status).toBe("success");
    expect(page.avatar.entries.map(({ ref }) => ref)).toEqual(["u_1"]);
  });

  test("without a ref gives up every entry, also those that were not started", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"), file("wxyz", "b.png"));
    const cancelled = page.avatar.cancel();
    const pushes = page.pushes("cancel_upload");
    expect(pushes.map(({ payload }) => payload.ref)).toEqual(["u_0", "u_1"]);
    for (const push of pushes) push.reply("ok", {});
    await cancelled;
    await page.avatar.start();
    expect(page.avatar).toMatchObject({ status: "cancelled", entries: [] });
    expect(page.socket.channels).toHaveLength(1);
  });

  test("by the server ends the transfer as well", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcdefgh"));
    const started = page.avatar.start();
    page.transfer("u_0").joinPush.reply("ok", {});
    await page.chunk("u_0", 1);
    page.apply(op({ op: "cancel", ref: "u_0" }));
    await started;
    expect(page.avatar).toMatchObject({ status: "cancelled", entries: [] });
  });

  test("without a connection asks nobody: the server has forgotten by itself", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    page.channel.emit("phx_error");
    await page.avatar.cancel();
    expect(page.pushes("cancel_upload")).toEqual([]);
    expect(page.avatar.entries).toEqual([]);
  });

  test("rejects when the server does not answer", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    const cancelled = page.avatar.cancel("u_0");
    page.lastPush("cancel_upload").reply("timeout");
    await expect(cancelled).rejects.toThrow('Command "cancel_upload" timed out');
  });
});

describe("reset", () => {
  test("is idle and empty at once, and has the server forget the entries", async () => {
    const page = await UploadPage.mount();
    await page.accept(file("abcd"));
    const started = page.avatar.start();
    const told = vi.fn();
    page.store.subscribe(told);
    const reset = page.avatar.reset();
    expect(page.avatar).toMatchObject({ status: "idle", entries: [], errors: [], progress: 0 });
    expect(told).toHaveBeenCalled();
    page.lastPush("cancel_upload").reply("ok", {});
    await Promise.all([reset, started]);
    page.apply(op({ op: "cancel", ref: "u_0" }));
    expect(page.avatar.status).toBe("idle");
  });

  test("makes room for another selection after a failed one", async () => {
    const page = await UploadPage.mount();
    const selecting = page.avatar.select([file("abc")]);
    page.lastPush("allow_upload").reply("error", {});
    await selecting.catch(() => undefined);
    await page.avatar.reset();
    expect(page.avatar.status).toBe("idle");
    await page.accept(file("abc"));
    expect(page.avatar.status).toBe("selecting");
  });
});

describe("start, with an external uploader", () => {
  const progressOf = (page: UploadPage) =>
    page.pushes("upload_progress").map(({ payload }) => payload.progress);

  test("hands over the entry, the file and what the store said, and reports progress", async () => {
    let args: ExternalUploaderArgs | undefined;
    const page = await UploadPage.mount({
      s3: async (given) => {
        args = given;
        for (const percent of [-5, 33.4, 33.2, 250, Number.NaN]) given.onProgress(percent);
      },
    });
    await page.acceptExternal({ url: "https://uploads.example.test/a.png" });
    const started = page.avatar.start();
    await settled();
    expect(args).toMatchObject({
      entry: { ref: "u_0", clientName: "a.png" },
      meta: { url: "https://uploads.example.test/a.png" },
    });
    expect(await args?.file.text()).toBe("content");
    expect(args?.signal).toBeInstanceOf(AbortSignal);
    // Rounded, clamped, never twice the same; 100 only when the uploader has succeeded.
    expect(progressOf(page)).toEqual([0, 33, 99, 0, 100]);
    expect(page.lastPush("upload_progress").payload).toEqual({
      store_id: [],
      name: "avatar",
      ref: "u_0",
      progress: 100,
    });
    expect(page.avatar.status).toBe("uploading");
    page.lastPush("upload_progress").reply("ok", {});
    await started;
    expect(page.avatar).toMatchObject({ status: "success", progress: 100 });
  });

  test.each([
    ["rejects", () => Promise.reject(new Error("PUT 500"))],
    [
      "throws",
      () => {
        throw new Error("PUT 500");
      },
    ],
  ])("tells the server when it %s, and fails", async (_how, s3) => {
    const page = await UploadPage.mount({ s3 });
    await page.acceptExternal();
    const started = page.avatar.start();
    await settled();
    const error = { code: "external_failed", message: "PUT 500" };
    const push = page.lastPush("upload_error");
    expect(push.payload).toEqual({ store_id: [], name: "avatar", ref: "u_0", ...error });
    page.apply(op({ op: "error", ref: "u_0", error }));
    push.reply("ok", {});
    await started;
    expect(page.avatar.status).toBe("error");
    expect(page.avatar.entries[0]).toMatchObject({ status: "error", errors: [error] });
    expect(progressOf(page)).toEqual([]);
  });

  test("fails when nobody registered that uploader", async () => {
    const page = await UploadPage.mount();
    await page.acceptExternal();
    const started = page.avatar.start();
    await settled();
    page.lastPush("upload_error").reply("ok", {});
    await started;
    expect(page.avatar.status).toBe("error");
    const message = 'No registered uploader for "s3"';
    expect(page.avatar.entries[0]?.errors).toEqual([{ code: "external_failed", message }]);
  });

  test("does not take an inherited name for an uploader", async () => {
    const page = await UploadPage.mount();
    const selecting = page.avatar.select([file("content")]);
    const entries = { "0": { type: "external", entry_ref: "u_0", uploader: "toString", meta: {} } };
    page.lastPush("allow_upload").reply("ok", { ref: "avatar", entries });
    await selecting;
    const started = page.avatar.start();
    await settled();
    expect(page.lastPush("upload_error").payload.message).toContain("No registered uploader");
    page.lastPush("upload_error").reply("ok", {});
    await started;
  });

  test("aborts its signal when the entry is given up, and reports nothing more", async () => {
    let given: ExternalUploaderArgs | undefined;
    const page = await UploadPage.mount({
      s3: (args) => {
        given = args;
        return new Promise(() => undefined); // does not heed the signal
      },
    });
    await page.acceptExternal();
    const started = page.avatar.start();
    await settled();
    const cancelled = page.avatar.cancel();
    page.lastPush("cancel_upload").reply("ok", {});
    await Promise.all([cancelled, started]);
    expect(given?.signal.aborted).toBe(true);
    given?.onProgress(50);
    expect(progressOf(page)).toEqual([]);
    expect(page.pushes("upload_error")).toEqual([]);
    expect(page.avatar.status).toBe("cancelled");
  });

  test("fails with the connection", async () => {
    const page = await UploadPage.mount({ s3: () => new Promise(() => undefined) });
    await page.acceptExternal();
    const started = page.avatar.start();
    await settled();
    page.channel.emit("phx_error");
    await started;
    expect(page.avatar.status).toBe("error");
    expect(page.pushes("upload_error")).toEqual([]);
  });

  test("fails when the server does not take the last report", async () => {
    const page = await UploadPage.mount({ s3: async () => undefined });
    await page.acceptExternal();
    const started = page.avatar.start();
    await settled();
    page.lastPush("upload_progress").reply("error", { reason: "internal error" });
    await settled();
    page.lastPush("upload_error").reply("error", { reason: "internal error" });
    await started;
    expect(page.avatar.status).toBe("error");
  });
});
