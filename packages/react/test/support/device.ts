import { connect, type MusubiConnection, type PatchEnvelope } from "@musubi/client";
import { firstPatch, patch } from "../../../client/test/support/envelopes.js";
import { FakeSocketWithHooks, type FakeChannel } from "../../../client/test/support/fake_socket.js";
import type { Stores } from "../../../client/test/support/stores.js";
import { act } from "./render.js";

export type { Stores };

/** The other end of a page's socket: what a device would do, when the test says so. */
export class Device extends FakeSocketWithHooks {
  readonly #versions = new Map<FakeChannel, number>();

  override connected = true;


  connection(): Promise<MusubiConnection<Stores>> {
    return connect<Stores>(this);
  }

  /** The channels of a page, by its id. */
  joins(id = "main"): FakeChannel[] {
    return this.channels.filter(({ topic }) => topic.endsWith(`:${id}`));
  }

  /** How often a page was left. */
  left(id = "main"): number {
    return this.joins(id).reduce((sum, channel) => sum + channel.left, 0);
  }

  /** The channel of a page that was opened last. */
  last(id = "main"): FakeChannel {
    const channel = this.joins(id).at(-1);
    if (channel === undefined) throw new Error(`${id} was not joined`);
    return channel;
  }

  /** Takes a join, and sends the first state. */
  accept(value: Record<string, unknown> = {}, id = "main"): Promise<void> {
    const channel = this.last(id);
    return act(async () => {
      channel.joinPush.reply("ok", {});
      channel.emit("patch", firstPatch(value));
      this.#versions.set(channel, 1);
    });
  }

  refuse(reason: string, id = "main"): Promise<void> {
    return act(async () => this.last(id).joinPush.reply("error", { reason }));
  }

  send(content: Partial<PatchEnvelope>, id = "main"): Promise<void> {
    const channel = this.last(id);
    const version = this.#versions.get(channel) ?? 1;
    this.#versions.set(channel, version + 1);
    return act(async () => channel.emit("patch", patch(version, content)));
  }

  /** Changes a field of the page. */
  set(field: string, value: unknown, id = "main"): Promise<void> {
    return this.send({ ops: [{ op: "replace", path: `/${field}`, value }] }, id);
  }
}
