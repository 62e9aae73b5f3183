import { connect, type MusubiConnection, type UploadHandle } from "@musubi/client";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.js";
import { Phoenix, settled } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";

// Files from @musubi/client over the npm phoenix client to the real server (contract section 10).
const INBOX = "Conformance.Stores.Inbox";
let server: Program;
let phoenix: Phoenix;
let connection: MusubiConnection<any>;
let store: any;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
beforeEach(async () => {
  phoenix = new Phoenix(server);
  connection = await connect(phoenix.socket);
  ({ store } = await connection.mountStore({ module: INBOX, id: "i" }));
});
afterEach(async () => {
  await connection.disconnect();
  await phoenix.close();
});

/** Bytes that no two places of have in common. */
function bytes(size: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(size);
  let state = size + 1;
  for (let i = 0; i < size; ++i) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    made[i] = state >>> 24;
  }
  return made;
}
/** FNV-1a, as the store's sink reckons. */
const sumOf = (content: Uint8Array) =>
  content.reduce((sum, byte) => Math.imul(sum ^ byte, 16777619) >>> 0, 2166136261);
const file = (name: string, content: Uint8Array<ArrayBuffer>, type = "") =>
  new File([content], name, { type });
const letter = (): UploadHandle => store.letter;
const photo = (): UploadHandle => store.photo;
const openSinks = async () => {
  await store.dispatchCommand("look", {});
  return store.open;
};

describe("an upload", () => {
  test("is known with its limits before anything is sent", () => {
    expect(photo().config).toEqual({
      accept: [".png", ".jpg"],
      maxEntries: 1,
      maxFileSize: 5000,
      chunkSize: 1000,
    });
    expect(letter().config).toEqual({
      accept: "any",
      maxEntries: 4,
      maxFileSize: 1_000_000,
      chunkSize: 16_000,
    });
  });

  test("brings every byte of a file, in chunks, and is consumed by a command", async () => {
    const content = bytes(100_001);
    await letter().select([file("a.bin", content)]);
    expect(letter().status).toBe("selecting");
    let most = 0;
    store.subscribe(() => (most = Math.max(most, letter().progress)));
    await letter().start();
    expect([letter().status, letter().progress]).toEqual(["success", 100]);
    await eventually(() => expect(most).toBe(100));
    expect(await store.dispatchCommand("save", {})).toEqual({ saved: 1 });
    await eventually(() => expect(letter().entries).toEqual([]));
    expect(store.letters).toEqual([{ name: "a.bin", size: 100_001, sum: sumOf(content) }]);
    expect(letter().status).toBe("idle");
    expect(await openSinks()).toBe(0);
  });

  test("of several files at once brings each of them", async () => {
    const contents = [bytes(1), bytes(16_000), bytes(50_000), bytes(32_001)];
    await letter().select(contents.map((content, i) => file(`${i}`, content)));
    await letter().start();
    expect(letter().status).toBe("success");
    await store.dispatchCommand("save", {});
    expect(store.letters).toEqual(
      contents.map((content, i) => ({ name: `${i}`, size: content.length, sum: sumOf(content) })),
    );
  });

  test("of an empty file succeeds", async () => {
    await letter().select([file("empty", bytes(0))]);
    await letter().start();
    expect(letter().status).toBe("success");
    await store.dispatchCommand("save", {});
    expect(store.letters).toEqual([{ name: "empty", size: 0, sum: 2166136261 }]);
  });

  test("refuses what is too large, too much or of another kind, file by file", async () => {
    await photo().select([file("a.gif", bytes(1))]);
    expect(photo().errors).toEqual([
      { code: "not_accepted", message: "file type is not accepted" },
    ]);
    await photo().select([file("a.png", bytes(5001))]);
    expect(photo().errors[0]?.code).toBe("too_large");
    await photo().select([file("a.PNG", bytes(1)), file("b.png", bytes(1))]);
    expect(photo().errors[0]?.code).toBe("too_many_files");
    expect(photo().entries.map(({ clientName }) => clientName)).toEqual(["a.PNG"]);
  });

  test("that is cancelled on its way leaves nothing behind", async () => {
    await letter().select([file("a", bytes(900_000)), file("b", bytes(10))]);
    const started = letter().start();
    await eventually(() => expect(letter().entries[0]?.progress).toBeGreaterThan(0));
    await letter().cancel();
    await started;
    await eventually(async () => expect(await openSinks()).toBe(0));
    expect(letter().entries).toEqual([]);
    expect(await store.dispatchCommand("save", {})).toEqual({ saved: 0 });
  });

  test("goes on beside others and beside commands", async () => {
    await letter().select([file("large", bytes(1_000_000))]);
    await photo().select([file("small.png", bytes(4500))]);
    const started = Promise.all([letter().start(), photo().start()]);
    for (let i = 0; i < 20; ++i) expect(await openSinks()).toBeLessThanOrEqual(2);
    await started;
    expect([letter().status, photo().status]).toEqual(["success", "success"]);
  });

  test("whose connection is cut is forgotten, and can begin afresh", async () => {
    await letter().select([file("a", bytes(1_000_000))]);
    const started = letter().start();
    await eventually(() => expect(letter().entries[0]?.progress).toBeGreaterThan(0));
    phoenix.cut();
    await started;
    expect(letter().status).not.toBe("success");
    await eventually(() => expect(letter().entries).toEqual([]));
    await letter().select([file("b", bytes(20_000))]);
    await letter().start();
    expect(await store.dispatchCommand("save", {})).toEqual({ saved: 1 });
  });

  test("whose sink fails says so", async () => {
    const failing = await connection.mountStore({
      module: INBOX,
      id: "failing",
      params: { fails_at: 20_000 },
    });
    const upload = failing.store.letter as UploadHandle;
    await upload.select([file("a", bytes(100_000))]);
    await upload.start();
    expect(upload.status).toBe("error");
    expect(upload.entries[0]?.errors).toEqual([
      { code: "internal", message: "internal upload error" },
    ]);
  });
});

// As another client of the contract would do it: no library of ours on this side.
describe("chunks of phoenix.js", () => {
  async function preflight(name: string, size: number, upload = "photo") {
    const root = phoenix.socket.channel(`musubi:connection:${INBOX}:plain`, {
      module: INBOX,
      id: "plain",
      params: {},
    });
    await settled(root.join());
    const entries = [{ client_ref: "0", name, size, type: "" }];
    const [, reply] = await settled(root.push("allow_upload", { store_id: [], name: upload, entries }));
    const { entry_ref: ref, token } = reply.entries["0"];
    const channel = phoenix.socket.channel(`musubi_upload:${ref}`, { token });
    const closed = new Promise<void>((ended) => channel.onClose(() => ended()));
    const ops = () =>
      phoenix
        .arrived("patch")
        .flatMap(([, , topic, , payload]) => (topic.endsWith(":plain") ? payload.upload_ops : []))
        .filter((op: any) => op.ref === ref);
    return { root, channel, closed, ref, token, ops };
  }
  const buffer = (size: number) => bytes(size).buffer;

  test("are answered with how far the file has come, and the channel closes behind the last", async () => {
    const { channel, closed, ops } = await preflight("a.png", 2500);
    expect(await settled(channel.join())).toEqual(["ok", {}]);
    expect(await settled(channel.push("chunk", buffer(1000)))).toEqual(["ok", { progress: 40 }]);
    expect(await settled(channel.push("chunk", buffer(1000)))).toEqual(["ok", { progress: 80 }]);
    expect(await settled(channel.push("chunk", buffer(500)))).toEqual(["ok", { progress: 100 }]);
    await closed;
    await phoenix.flush();
    expect(ops().map(({ op }) => op)).toContain("complete");
  });

  test("that are too large end the file", async () => {
    const { channel, closed, ops, ref } = await preflight("a.png", 2500);
    await settled(channel.join());
    const refused = await settled(channel.push("chunk", buffer(1001)));
    expect(refused).toEqual(["error", { reason: "chunk too large" }]);
    await closed;
    await phoenix.flush();
    expect(ops().at(-1)).toEqual({
      op: "error",
      upload: "photo",
      store_id: [],
      ref,
      error: { code: "chunk_too_large", message: "chunk size exceeded the configured limit" },
    });
  });

  test("beyond the size that was announced end the file", async () => {
    const { channel, closed } = await preflight("a.png", 500);
    await settled(channel.join());
    const refused = await settled(channel.push("chunk", buffer(501)));
    expect(refused).toEqual(["error", { reason: "upload too large" }]);
    await closed;
  });

  test("that do not come end the file", async () => {
    const { channel, closed, ops } = await preflight("a.png", 500);
    await settled(channel.join());
    await closed;
    await phoenix.flush();
    expect(ops().at(-1)?.error.code).toBe("chunk_timeout");
  });

  test("need not come for an empty file", async () => {
    const { channel, closed, ops } = await preflight("a.png", 0);
    await settled(channel.join());
    await closed;
    await phoenix.flush();
    expect(ops().map(({ op }) => op)).toEqual(["add", "progress", "complete"]);
  });

  test("need the token of their file", async () => {
    const { ref, token, channel } = await preflight("a.png", 500);
    for (const wrong of [{}, { token: "" }, { token: `${token}x` }, { token: token.slice(1) }]) {
      const thief = phoenix.socket.channel(`musubi_upload:${ref}`, wrong);
      expect(await settled(thief.join())).toEqual(["error", { reason: "unauthorized" }]);
      thief.leave(); // or it would try again, and phoenix.js end the next one for it
    }
    expect(await settled(channel.join())).toEqual(["ok", {}]);
  });
});
