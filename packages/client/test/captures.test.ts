import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  applyPatch,
  connect,
  UploadHandleImpl,
  type ConnectionPatchEnvelope,
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

/**
 * Plays the server's side of a recording. What the recording's client sent is caused through this
 * client's own calls, and must come out the same.
 */
async function replay({ frames }: Capture, onMounted: (store: any) => void = () => undefined) {
  const socket = new FakeSocket();
  const connection = await connect(socket);
  const replies: unknown[] = [];
  const failures: unknown[] = [];
  let mounted: any;
  let asked = "";
  for (const { dir, event, payload } of frames) {
    if (dir === "out" && event === "phx_join") {
      void connection.mountStore(payload).then(
        (root) => {
          mounted = root;
          onMounted(root.store);
        },
        (e) => failures.push(e),
      );
      expect(socket.lastChannel.payload).toEqual(payload);
    } else if (dir === "out" && event === "phx_leave") {
      await mounted.unmount();
      expect(socket.lastChannel.left).toBe(1);
    } else if (dir === "out" && event === "command") {
      const { name, payload: body } = payload;
      mounted.store.dispatchCommand(name, body).then(
        (r: unknown) => replies.push(r),
        (e: unknown) => failures.push(e),
      );
      expect(socket.lastChannel.lastPush.payload).toEqual(payload);
    } else if (dir === "out" && event === "allow_upload") {
      const files = payload.entries.map(({ name, size, type }: any) => ({ name, size, type }));
      mounted.store[payload.name].select(files).then(
        (entries: unknown) => replies.push(entries),
        (e: unknown) => failures.push(e),
      );
      expect(socket.lastChannel.lastPush.event).toBe("allow_upload");
      expect(socket.lastChannel.lastPush.payload).toEqual(payload);
    } else if (dir === "out") {
      throw new Error(`The recording sends ${event}, which this test cannot`);
    } else if (dir === "in" && event === "patch") {
      socket.lastChannel.emit("patch", payload);
    } else if (dir === "in" && asked === "phx_join") {
      socket.lastChannel.joinPush.reply(payload.status, payload.response);
    } else if (dir === "in" && ["command", "allow_upload"].includes(asked)) {
      socket.lastChannel.lastPush.reply(payload.status, payload.response);
    }
    if (dir === "out") asked = event;
    await settled();
  }
  return { socket, store: mounted?.store, replies, failures };
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
      const refused = scenario === "mount_rejected_unknown_root";
      expect(failures).toHaveLength(refused ? 1 : 0);
      const state = refused ? null : toWire(store.snapshot(), capture.expected_state);
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
    expect(failures).toEqual([new Error("Root join failed: unknown root")]);
    expect(socket.lastChannel.left).toBe(1);
  });

  test("version_gap: the last good state stays while the root is joined anew", async () => {
    const capture = named("version_gap");
    const { store, socket } = await replay(capture);
    expect(store.snapshot()).toEqual(capture.expected_state);
    expect(socket.channels).toHaveLength(2);
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
