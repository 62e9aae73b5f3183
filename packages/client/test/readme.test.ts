import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import * as client from "../src/index.js";
import {
  connect as realConnect,
  connectWith,
  memoryStorage,
  onRefused,
  createStorageCachePersister,
  MusubiCommandError,
  nextSnapshot,
  storeCache,
  uploads,
  waitFor,
  type ExternalUploader,
  type UploadHandle,
} from "../src/index.js";
import { child, patch } from "./support/envelopes.js";
import { FakeSocket, type FakeChannel } from "./support/fake_socket.js";
import { op } from "./support/uploads.js";
import type { Musubi } from "./support/thermostat.js";

// What the README shows, compiled and run: the first test holds the two together.
describe("the README", () => {
  const here = readFileSync(new URL(import.meta.url), "utf8");
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map((match) => match[1] as string);
  const code = (text: string): string =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("import "))
      .join("\n");

  test.each(blocks)("shows what stands in this file: %s", (block) => {
    expect(code(here)).toContain(code(block));
  });

  test("names what the package exports", () => {
    const imported = [...readme.matchAll(/import \{ (.*?) \} from "@musubi\/client"/g)];
    const listed = /^For tools.*?\n\n/ms.exec(readme)?.[0].matchAll(/`(\w+)`/g) ?? [];
    const names = [...imported, ...listed].flatMap((match) => (match[1] as string).split(", "));
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) expect(client).toHaveProperty(name);
  });

  test("says how large the smallest page is", () => {
    expect(readme).toContain("7 KB with gzip"); // held by connect_with.test.ts
  });
});

const TREE = {
  __musubi_store_id__: [],
  temperature: 20.5,
  valves: [child(["valves", "1"], { position: 7 })],
  weather: { __musubi_async__: true, status: "loading", result: null, reason: null },
  firmware: { __musubi_upload__: "firmware" },
};

/** A server that accepts every join, with the thermostat as it is. */
class Socket extends FakeSocket {
  constructor(
    readonly url = "/socket",
    readonly options: object = {},
  ) {
    super();
  }

  override channel(topic: string, payload: object): FakeChannel {
    const channel = super.channel(topic, payload);
    if (topic.startsWith("musubi:")) {
      queueMicrotask(() => {
        channel.joinPush.reply("ok");
        const ops = [{ op: "replace", path: "", value: structuredClone(TREE) }] as const;
        channel.emit("patch", patch(0, { ops: [...ops] }));
      });
    }
    return channel;
  }
}

let last: Socket;
const connect: typeof realConnect = (socket, options) => {
  last = socket as Socket;
  return realConnect(socket, options);
};

async function thermostat() {
  const socket = new Socket();
  const connection = await connect<Musubi.Stores>(socket);
  const { store } = await connection.mountStore({ module: "Home.Stores.Thermostat", id: "main" });
  return { socket, connection, store, channel: socket.lastChannel };
}

test("mount, show, command, unmount", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const answers = setInterval(() => last.lastChannel.pushes[0]?.reply("ok", {}), 1);
  const document = { baseURI: "http://device/below/index.html" };
  const path = new URL("socket", document.baseURI).pathname; // beside the page, also below a path
  const socket = new Socket(path, { sessionStorage: memoryStorage() });
  const connection = await connect<Musubi.Stores>(socket);
  const { store, unmount } = await connection.mountStore({
    module: "Home.Stores.Thermostat",
    id: "main",
    params: { room: "kitchen" },
  });

  const show = () => console.log(store.temperature, store.valves[0]?.position);
  const stop = store.subscribe(show); // after every change of this store or of one below it
  show();

  await store.dispatchCommand("set_target", { celsius: 21 });

  stop();
  await unmount();
  clearInterval(answers);
  expect(log).toHaveBeenCalledWith(20.5, 7);
  expect(path).toBe("/below/socket");
  expect(last.lastChannel.left).toBe(1);
});

test("a command that is refused", async () => {
  const { store, channel } = await thermostat();
  const tell = vi.fn();
  setTimeout(() => channel.lastPush.reply("error", { reason: "out of range" }), 0);
  try {
    await store.dispatchCommand("set_target", { celsius: 99 });
  } catch (error) {
    if (MusubiCommandError.is(error)) tell(error.kind, error.code, error.reply);
    else throw error; // "Store is not connected", "Disconnected", "Unmounted", "Version mismatch"
  }
  expect(tell).toHaveBeenCalledWith("failed", "out of range", { reason: "out of range" });
});

test("live, or not", async () => {
  const { connection, channel } = await thermostat();
  const tell = vi.fn();
  const mounted = await connection.mountStore({ module: "Home.Stores.Thermostat", id: "main" });
  const paint = () => tell(mounted.isLive ? "live" : "reconnecting");
  mounted.onLiveChange(paint);
  paint();
  channel.emit("phx_error");
  expect(tell.mock.calls).toEqual([["live"], ["reconnecting"]]);
});

test("a server that does not let the page in", async () => {
  const tell = vi.fn();
  const again: { onclick?: () => void } = {};
  let closed = () => {};
  const socket = {
    connect: vi.fn(),
    disconnect: vi.fn(),
    isConnected: () => false,
    endPointURL: () => "ws://device/socket/websocket?vsn=2.0.0",
    onOpen: () => "1",
    onClose: (call: () => void) => void (closed = call),
    off: () => undefined,
  };
  vi.stubGlobal("fetch", async () => new Response("the token is wrong", { status: 403 }));
  onRefused(socket, ({ status, reason }) => {
    if (status === 503) tell("no room", reason); // phoenix.js goes on trying
    else if (status === 400) tell("WebSockets are blocked", reason); // likewise
    else tell("not let in", reason); // it has stopped: a wrong token or origin stays wrong
  });
  again.onclick = () => socket.connect();
  closed();
  await vi.waitFor(() => expect(tell).toHaveBeenCalledWith("not let in", "the token is wrong"));
  expect(socket.disconnect).toHaveBeenCalledTimes(1);
  again.onclick();
  expect(socket.connect).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
});

test("waiting", async () => {
  const { store, channel } = await thermostat();
  let version = 1;
  const replace = (path: string, value: unknown) =>
    channel.emit("patch", patch(version++, { ops: [{ op: "replace", path, value }] }));
  const changes = setInterval(() => replace("/weather/result", { sky: "blue" }), 1);
  const forecast = await waitFor(store, (state) => {
    if (state?.weather.status === "failed") throw new Error("no forecast today");
    return state?.weather.data ?? undefined; // undefined: not yet
  });
  const changed = await nextSnapshot(store); // the same promise for everybody, until the next change
  clearInterval(changes);
  expect(forecast.sky).toBe("blue");
  expect(changed?.weather.data).toEqual({ sky: "blue" });
});

test("a new build", async () => {
  const { connection, channel } = await thermostat();
  const location = { reload: vi.fn() };
  connection.onBuildChange(() => location.reload());
  for (const build of ["a1", "b2"]) channel.joinPush.reply("ok", { build });
  expect(location.reload).toHaveBeenCalledTimes(1);
});

test("an upload", async () => {
  const { store, channel, socket } = await thermostat();
  const [progress, tell] = [vi.fn(), vi.fn()];
  const input: { accept: string; files: File[]; onchange?: () => Promise<void> } = {
    accept: "",
    files: [new File(["image"], "v2.bin"), new File([""], "notes.txt")],
  };
  const abort: { onclick?: () => Promise<void> } = {};
  const config = { accept: [".bin"], max_entries: 1, max_file_size: 100, chunk_size: 64 };
  const upload_ops = [{ ...op({ op: "config", config }), upload: "firmware" }];
  channel.emit("patch", patch(1, { upload_ops }));

  const { firmware } = store;
  store.subscribe(() => progress(firmware.status, firmware.progress)); // and after every step of an upload

  input.accept = firmware.config.accept === "any" ? "" : firmware.config.accept.join();
  input.onchange = async () => {
    await firmware.select(input.files ?? []);
    for (const { code, message } of firmware.errors) tell(code, message); // refused: too_large, not_accepted
    await firmware.start(); // all files at once; resolves when the last is through
    if (firmware.isSuccess) await store.dispatchCommand("install");
  };
  abort.onclick = () => firmware.cancel(); // or one: cancel(entry.ref)

  expect(input.accept).toBe(".bin");
  const changed = input.onchange();
  const error = { code: "not_accepted", message: "file type is not accepted" };
  channel.lastPush.reply("ok", {
    ref: "firmware",
    config,
    entries: { "0": { type: "channel", entry_ref: "u_1", token: "t" } },
    errors: [{ client_ref: "1", error }],
  });
  await vi.waitFor(() => expect(socket.channels).toHaveLength(2));
  const transfer = socket.lastChannel;
  transfer.joinPush.reply("ok");
  await vi.waitFor(() => expect(transfer.pushes).toHaveLength(1));
  transfer.lastPush.reply("ok", { progress: 100 });
  const complete = { ...op({ op: "complete", ref: "u_1" }), upload: "firmware" };
  channel.emit("patch", patch(2, { upload_ops: [complete] }));
  await vi.waitFor(() => expect(channel.lastPush.payload.name).toBe("install"));
  channel.lastPush.reply("ok", {});
  await changed;
  expect(tell).toHaveBeenCalledWith("not_accepted", "file type is not accepted");
  expect(progress).toHaveBeenLastCalledWith("success", 100);
  const cancelled = abort.onclick();
  channel.lastPush.reply("ok", {});
  await cancelled;
  expect(firmware.entries).toEqual([]);
});

test("an external uploader", async () => {
  const socket = new Socket();
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => ({ ok: false, status: 500 }));
  const s3: ExternalUploader = async ({ file, meta, signal, onProgress }) => {
    const { url } = meta as { url: string }; // what the store said for this file
    onProgress(0);
    const response = await fetch(url, { method: "PUT", body: file, signal });
    if (!response.ok) throw new Error(`PUT ${response.status}`); // the server is told
  };
  const connection = await connect(socket, { uploaders: { s3 } });

  const { store } = await connection.mountStore({ module: "Home.Stores.Thermostat", id: "main" });
  const firmware = store["firmware"] as UploadHandle;
  const selecting = firmware.select([new File(["image"], "v2.bin")]);
  const meta = { url: "https://uploads.example.test/v2.bin" };
  const entries = { "0": { type: "external", entry_ref: "u_1", uploader: "s3", meta } };
  socket.lastChannel.lastPush.reply("ok", { ref: "firmware", entries });
  await selecting;
  const started = firmware.start();
  await vi.waitFor(() => expect(socket.lastChannel.lastPush.event).toBe("upload_error"));
  socket.lastChannel.lastPush.reply("ok", {});
  await started;
  expect(fetch).toHaveBeenCalledWith(meta.url, expect.objectContaining({ method: "PUT" }));
  expect(firmware.entries[0]?.errors[0]?.message).toBe("PUT 500");
});

test("a cached state", async () => {
  const items = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const [showLive, showProblem] = [vi.fn(), vi.fn()];
  const entry = { data: TREE, updatedAt: Date.now(), buster: "build-41" };
  items.set("musubi:cache:main|Home.Stores.Thermostat|null", JSON.stringify(entry));
  const socket = new FakeSocket();
  const connection = await realConnect<Musubi.Stores>(socket);
  const mounted = await connection.mountStore({
    module: "Home.Stores.Thermostat",
    id: "main",
    cache: { persister: createStorageCachePersister(() => localStorage), buster: "build-41" },
  });
  if (mounted.fromCache) mounted.revalidated.then(showLive, showProblem); // isFetching until then
  expect([mounted.store.temperature, mounted.isFetching]).toEqual([20.5, true]);
  const value = { ...TREE, temperature: 21 };
  socket.lastChannel.emit("patch", patch(0, { ops: [{ op: "replace", path: "", value }] }));
  await vi.waitFor(() => expect(showLive).toHaveBeenCalled());
  expect(mounted.store.temperature).toBe(21);
  await connection.disconnect();
});

test("a small page", async () => {
  const socket = new Socket();
  const s3: ExternalUploader = async () => undefined;
  const connection = await connectWith(socket); // shows state and sends commands: 7 KB with gzip
  const more = await connectWith(socket, { uploads: uploads({ s3 }), cache: storeCache() });
  expect(more).toBe(connection);
});
