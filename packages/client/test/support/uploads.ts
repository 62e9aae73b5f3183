import { vi } from "vitest";
import {
  connect,
  type ExternalUploaders,
  type MusubiConnection,
  type UploadHandle,
  type UploadOp,
} from "../../src/index.js";
import { firstPatch, patch, ROOT_ID } from "./envelopes.js";
import { FakeSocket, type FakeChannel, type FakePush } from "./fake_socket.js";
import { TARGET } from "./mount.js";
import type { Stores } from "./stores.js";

export const CONFIG = { accept: [".png"], max_entries: 2, max_file_size: 1_000_000, chunk_size: 4 };
export const AVATAR = { avatar: { __musubi_upload__: "avatar" } };

type Step = UploadOp extends infer Op
  ? Op extends UploadOp
    ? Omit<Op, "upload" | "store_id">
    : never
  : never;

/** An op on `avatar` of the store `storeId`. */
export const op = (step: Step, storeId: string[] = []): UploadOp =>
  ({ upload: "avatar", store_id: storeId, ...step }) as UploadOp;

/** The op that a server sends for an accepted file. */
export const add = (ref: string, name = "a.png", size = 10, storeId: string[] = []): UploadOp =>
  op(
    {
      op: "add",
      ref,
      entry: {
        ref,
        client_name: name,
        client_size: size,
        client_type: "image/png",
        progress: 0,
        status: "pending",
        errors: [],
      },
    },
    storeId,
  );

export const file = (content: string, name = "a.png"): File =>
  new File([content], name, { type: "image/png" });

/** A mounted page with an upload, and the server's side of its conversations. */
export class UploadPage {
  version = 1;

  private constructor(
    readonly socket: FakeSocket,
    readonly connection: MusubiConnection<Stores>,
    readonly channel: FakeChannel,
    readonly store: Awaited<ReturnType<MusubiConnection<Stores>["mountStore"]>>["store"],
    readonly unmount: () => Promise<void>,
  ) {}

  static async mount(uploaders: ExternalUploaders = {}): Promise<UploadPage> {
    const socket = new FakeSocket();
    const connection = await connect<Stores>(socket, { uploaders });
    const mounting = connection.mountStore(TARGET);
    const channel = socket.lastChannel;
    channel.joinPush.reply("ok", { root_id: ROOT_ID });
    channel.emit(
      "patch",
      firstPatch(AVATAR, { upload_ops: [op({ op: "config", config: CONFIG })] }),
    );
    const { store, unmount } = await mounting;
    return new UploadPage(socket, connection, channel, store as never, unmount);
  }

  get avatar(): UploadHandle {
    return (this.store as any).avatar;
  }

  /** Sends an envelope with these upload ops. */
  apply(...ops: UploadOp[]): void {
    this.channel.emit("patch", patch(this.version++, { upload_ops: ops }));
  }

  /** The requests of one event on the root's channel. */
  pushes(event: string): FakePush[] {
    return this.channel.pushes.filter((push) => push.event === event);
  }

  /** The latest request of one event on the root's channel. */
  lastPush(event: string): FakePush {
    const push = this.pushes(event).at(-1);
    if (push === undefined) throw new Error(`No ${event} was sent`);
    return push;
  }

  /** Selects files that the server takes, each with a token of its own. */
  async accept(...files: File[]): Promise<void> {
    const selecting = this.avatar.select(files);
    const entries = files.map((_, i) => [
      String(i),
      { type: "channel", entry_ref: `u_${i}`, token: `token ${i}` },
    ]);
    const reply = {
      ref: "avatar",
      config: CONFIG,
      errors: [],
      entries: Object.fromEntries(entries),
    };
    this.lastPush("allow_upload").reply("ok", reply);
    this.apply(...files.map(({ name, size }, i) => add(`u_${i}`, name, size)));
    await selecting;
  }

  /** Selects a file that the server wants to be sent by the uploader `s3`. */
  async acceptExternal(
    meta: unknown = { url: "https://uploads.example.test/a.png" },
  ): Promise<void> {
    const selecting = this.avatar.select([file("content")]);
    const entries = { "0": { type: "external", entry_ref: "u_0", uploader: "s3", meta } };
    this.lastPush("allow_upload").reply("ok", {
      ref: "avatar",
      config: CONFIG,
      errors: [],
      entries,
    });
    this.apply(add("u_0"));
    await selecting;
  }

  /** The channel of an entry. */
  transfer(ref: string): FakeChannel {
    const channel = this.socket.channels.find(({ topic }) => topic === `musubi_upload:${ref}`);
    if (channel === undefined) throw new Error(`No channel for ${ref}`);
    return channel;
  }

  /** Answers the last chunk of an entry, and says that the file is whole. */
  finish(ref: string, last: FakePush): void {
    last.reply("ok", { progress: 100 });
    this.apply(op({ op: "complete", ref }));
  }

  /** Waits for the next chunk of an entry and returns its push. */
  async chunk(ref: string, count: number): Promise<FakePush> {
    const { pushes } = this.transfer(ref);
    await vi.waitFor(() => {
      if (pushes.length < count) throw new Error(`${ref}: chunk ${count} is not there`);
    });
    return pushes[count - 1] as FakePush;
  }
}

export const text = (chunk: FakePush): string => new TextDecoder().decode(chunk.payload);
