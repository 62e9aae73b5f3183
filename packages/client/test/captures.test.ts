import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  applyPatch,
  connect,
  MusubiCommandError,
  MusubiMountError,
  UploadHandleImpl,
  type ConnectionPatchEnvelope,
  type ExternalUploader,
} from "../src/index.js";
import { FakeSocket } from "./support/fake_socket.js";

// Recorded from the original server; topics and refs are not part of a recording.
type Frame = { dir: "in" | "out"; event: string; payload: any };
type Capture = { scenario: string; frames: Frame[]; expected_state: unknown };

const folder = fileURLToPath(new URL("../../../tests/wire/", import.meta.url));
const captures = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(folder + file, "utf8")) as Capture);
const named = (scenario: string): Capture => {
  const capture = captures.find((candidate) => candidate.scenario === scenario);
  if (capture === undefined) throw new Error(`No recording of ${scenario}`);
  return structuredClone(capture);
};

/** The store of that id, wherever in the tree it is. */
function storeAt(store: any, id: string[]): any {
  const found = storesOf(store).find((each) => each.__musubi_store_id__.join() === id.join());
  if (found === undefined) throw new Error(`No store ${JSON.stringify(id)}`);
  return found;
}

function storesOf(value: any): any[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value)
    .filter(([key]) => key !== "__musubi_store_id__")
    .flatMap(([, member]) => storesOf(member));
  return "__musubi_store_id__" in value ? [value, ...below] : below;
}

/** External uploaders of every name that the server mentions; each is told what to report. */
function reporters(frames: Frame[]) {
  const reports = new Map<string, (percent: number) => void>();
  const tickets = frames.flatMap(({ payload }) => Object.values(payload.response?.entries ?? {}));
  const uploader: ExternalUploader = ({ entry, onProgress }) =>
    new Promise(() => reports.set(entry.ref, onProgress));
  const names = tickets.map((ticket: any) => ticket.uploader).filter((name) => name !== undefined);
  return { reports, uploaders: Object.fromEntries(names.map((name) => [name, uploader])) };
}

/**
 * Plays the server's side of a recording. What the recording's client sent is caused through this
 * client's own calls, and must come out the same.
 */
async function replay({ frames }: Capture, onMounted: (store: any) => void = () => undefined) {
  const socket = new FakeSocket();
  const { reports, uploaders } = reporters(frames);
  const connection = await connect(socket, { uploaders });
  const replies: unknown[] = [];
  const failures: unknown[] = [];
  const note = (outcome: Promise<unknown>) =>
    void outcome.then(
      (reply) => replies.push(reply),
      (error) => failures.push(error),
    );
  let mounted: any;

  /** Has this client send a frame of the recording. */
  const send: Record<string, (payload: any) => unknown> = {
    phx_join: (payload) => {
      const mounting = connection.mountStore(payload).then((root) => {
        mounted = root;
        onMounted(root.store);
      });
      mounting.catch((error: unknown) => failures.push(error));
      expect(socket.lastChannel.payload).toEqual(payload);
    },
    phx_leave: async () => {
      await mounted.unmount();
      expect(socket.lastChannel.left).toBe(1);
    },
    command: (payload) => {
      const { store_id, name, payload: body } = payload;
      // A frame without a name is nothing that this client can be brought to send.
      if (name === undefined) return void socket.lastChannel.push("command", payload);
      note(storeAt(mounted.store, store_id).dispatchCommand(name, body));
    },
    allow_upload: ({ store_id, name, entries }) => {
      const files = entries.map(({ name, size, type }: any) => ({ name, size, type }));
      note(storeAt(mounted.store, store_id)[name].select(files));
    },
    upload_progress: async ({ store_id, name, ref, progress }) => {
      if (!reports.has(ref)) void storeAt(mounted.store, store_id)[name].start();
      await settled();
      reports.get(ref)!(progress);
    },
    cancel_upload: ({ store_id, name, ref }) => {
      note(storeAt(mounted.store, store_id)[name].cancel(ref));
    },
  };

  let asked = "";
  for (const { dir, event, payload } of frames) {
    if (dir === "out") {
      if (send[event] === undefined) throw new Error(`This test cannot send ${event}`);
      await send[event](payload);
      if (!event.startsWith("phx_")) {
        expect(socket.lastChannel.lastPush.event).toBe(event);
        expect(socket.lastChannel.lastPush.payload).toEqual(payload);
      }
      asked = event;
    } else if (event === "patch") {
      socket.lastChannel.emit("patch", payload);
    } else if (asked === "phx_join") {
      socket.lastChannel.joinPush.reply(payload.status, payload.response);
    } else if (asked !== "phx_leave") {
      socket.lastChannel.lastPush.reply(payload.status, payload.response);
    }
    await settled();
  }
  return { socket, store: mounted?.store, replies, failures };
}

/** How many of a recording's requests the server refused, as far as this client can send them. */
function refusals({ frames }: Capture): number {
  return frames.filter(({ dir, event, payload }, at) => {
    const asked = frames[at - 1];
    const sendable = asked?.event !== "command" || asked.payload.name !== undefined;
    return dir === "in" && event === "phx_reply" && payload.status === "error" && sendable;
  }).length;
}

/** A snapshot as the wire has it: markers where streams, uploads and async values were resolved. */
function toWire(shown: any, expected: any): unknown {
  if (typeof expected !== "object" || expected === null) return shown;
  if ("__musubi_stream__" in expected) {
    expect(shown).toBeInstanceOf(Array);
    return expected;
  }
  if ("__musubi_upload__" in expected) {
    expect(shown).toBeInstanceOf(UploadHandleImpl);
    return expected;
  }
  if ("__musubi_async__" in expected) {
    const { status, data, error } = shown;
    return { __musubi_async__: true, status, result: data, reason: error };
  }
  if (Array.isArray(expected))
    return shown.map((item: any, i: number) => toWire(item, expected[i]));
  return Object.fromEntries(
    Object.keys(shown).map((key) => [key, toWire(shown[key], expected[key])]),
  );
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe("recordings of the original server", () => {
  test.each(captures.map((capture) => [capture.scenario, capture] as const))(
    "%s: its patches, applied in order, give the expected tree",
    (_scenario, { frames, expected_state }) => {
      let tree: unknown = null;
      let version = 0;
      for (const { dir, event, payload } of frames) {
        if (dir !== "in" || event !== "patch") continue;
        const envelope = payload as ConnectionPatchEnvelope;
        if (envelope.base_version === 0) version = 0;
        // The recording of a gap goes on after it; the last good state is what is expected.
        if (envelope.base_version !== version) break;
        tree = applyPatch(tree, envelope.ops);
        version = envelope.version;
      }
      expect(tree).toEqual(expected_state);
    },
  );

  test.each(captures.map((capture) => [capture.scenario, capture] as const))(
    "%s: a client that takes part in it ends with the expected state",
    async (scenario, capture) => {
      const { store, failures } = await replay(structuredClone(capture));
      expect(failures).toHaveLength(refusals(capture));
      const state = scenario === "mount_rejected_unknown_root" ? null : toWire(store.snapshot(), capture.expected_state);
      expect(state).toEqual(capture.expected_state);
    },
  );

  test("command_reply_no_patch: the command resolves with its reply", async () => {
    const { replies } = await replay(named("command_reply_no_patch"));
    expect(replies).toEqual([{ ok: true, label: "hello" }]);
  });

  test("initial_mount: the child is a store of its own", async () => {
    const { store } = await replay(named("initial_mount"));
    expect(store.child.snapshot()).toEqual({ __musubi_store_id__: ["child"], label: "general" });
  });

  test("mount_rejected_unknown_root: the mount rejects and nothing is retried", async () => {
    const { store, failures, socket } = await replay(named("mount_rejected_unknown_root"));
    expect(store).toBeUndefined();
    expect(failures).toEqual([new MusubiMountError({ reason: "unknown root" })]);
    expect(socket.lastChannel.left).toBe(1);
  });

  test("version_gap: the last good state stays while the root is joined anew", async () => {
    const capture = named("version_gap");
    const { store, socket } = await replay(capture);
    expect(store.snapshot()).toEqual(capture.expected_state);
    expect(socket.channels).toHaveLength(2);
  });

  test("command_errors: a command of a child is refused, and the root goes on", async () => {
    const { store, failures } = await replay(named("command_errors"));
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(MusubiCommandError);
    expect(failures[0]).toMatchObject({ code: "unknown command", storeId: ["child"] });
    expect(store.room_id).toBe("still-mounted");
  });

  test("child_mount_unmount: the child's proxy is gone with the child", async () => {
    const seen: unknown[] = [];
    const { store } = await replay(named("child_mount_unmount"), (root) =>
      root.subscribe(() => seen.push(root.panel?.label ?? null)),
    );
    expect([seen, store.panel]).toEqual([["panel", null], null]);
  });

  test("async_loading_failed: the value ends as failed with its reason", async () => {
    const { store } = await replay(named("async_loading_failed"));
    const error = { kind: "error", value: "nope" };
    expect(store.profile).toEqual({ status: "failed", data: null, error });
  });

  test("async_loading_ok: the value ends as ok with its data", async () => {
    const { store } = await replay(named("async_loading_ok"));
    expect(store.profile).toEqual({ status: "ok", data: { name: "ada" }, error: null });
  });

  test.each([
    ["stream_reset", ["1", "2", "3"]],
    ["stream_insert", ["0", "1", "2", "9"]],
    ["stream_delete", ["1", "3"]],
  ])("%s: the stream ends with the items %j", async (scenario, ids) => {
    const { store } = await replay(named(scenario));
    expect(store.items.map((item: { id: string }) => item.id)).toEqual(ids);
    expect(store.snapshot().title).toBe("stream");
  });

  test("upload_preflight_ok: the file is an entry, the declaration is known", async () => {
    const { store } = await replay(named("upload_preflight_ok"));
    expect(store.avatar.config).toEqual({
      accept: [".png"],
      maxEntries: 2,
      maxFileSize: 1_000_000,
      chunkSize: 1024,
    });
    expect(store.avatar.status).toBe("selecting");
    expect(store.avatar.entries).toMatchObject([
      { ref: "u_0001", clientName: "a.png", clientSize: 2048, progress: 0, status: "pending" },
    ]);
  });

  test("upload_preflight_rejected: the upload tells what was wrong with the files", async () => {
    const { store, replies } = await replay(named("upload_preflight_rejected"));
    expect(replies).toEqual([[]]);
    expect(store.avatar.status).toBe("error");
    expect(store.avatar.errors.map(({ code }: { code: string }) => code)).toEqual([
      "not_accepted",
      "too_large",
    ]);
  });

  test("event_only_cycle: the event is delivered", async () => {
    const capture = named("event_only_cycle");
    const heard: unknown[] = [];
    await replay(capture, (store) =>
      store.handleEvent("toast", (payload: unknown) => heard.push(payload)),
    );
    expect(heard).toEqual([{ msg: "saved" }]);
  });
});

// No recording has these steps of an upload; the frames are those of contract sections 10.4 and 10.5.
test("an upload of a child that is sent elsewhere, reported and given up comes out as sent", async () => {
  const at = { store_id: ["panel"], name: "avatar" };
  const step = (op: string, more: object) => ({ upload: "avatar", store_id: ["panel"], op, ...more });
  const file = { client_name: "a.png", client_size: 3, client_type: "image/png" };
  const entry = { ref: "u_1", ...file, progress: 0, status: "pending", errors: [] };
  const envelope = (base: number, ops: object[], upload_ops: object[]) => ({
    dir: "in" as const,
    event: "patch",
    payload: {
      type: "patch",
      root_id: "Demo.Page:main",
      base_version: base,
      version: base + 1,
      ops,
      stream_ops: [],
      upload_ops,
      events: [],
    },
  });
  const ok = (response: object): Frame => ({
    dir: "in",
    event: "phx_reply",
    payload: { status: "ok", response },
  });
  const out = (event: string, payload: object): Frame => ({ dir: "out", event, payload });
  const panel = { __musubi_store_id__: ["panel"], avatar: { __musubi_upload__: "avatar" } };
  const value = { __musubi_store_id__: [], panel };
  const asked = { client_ref: "0", name: "a.png", size: 3, type: "image/png" };
  const ticket = { type: "external", entry_ref: "u_1", uploader: "s3", meta: {} };
  const frames: Frame[] = [
    out("phx_join", { module: "Demo.Page", id: "main", params: {} }),
    ok({ root_id: "Demo.Page:main" }),
    envelope(0, [{ op: "replace", path: "", value }], []),
    out("allow_upload", { ...at, entries: [asked] }),
    ok({ ref: "avatar", entries: { "0": ticket }, errors: [] }),
    envelope(1, [], [step("add", { ref: "u_1", entry })]),
    out("upload_progress", { ...at, ref: "u_1", progress: 40 }),
    ok({}),
    envelope(2, [], [step("progress", { ref: "u_1", progress: 40 })]),
    out("cancel_upload", { ...at, ref: "u_1" }),
    ok({}),
    envelope(3, [], [step("cancel", { ref: "u_1" })]),
  ];
  const progress: number[] = [];
  const { store, failures } = await replay({ scenario: "", frames, expected_state: value }, (root) =>
    root.panel.subscribe(() => progress.push(root.panel.avatar.progress)),
  );
  expect(failures).toEqual([]);
  expect(progress).toContain(40);
  expect(store.panel.avatar.entries).toEqual([]);
});
