import { describeReply } from "./errors.js";
import { logError } from "./log.js";
import type { ChannelLike, SocketLike } from "./transport.js";

/** What the present channel of a root reports. */
export interface RootChannelEvents {
  /** Joined, for the first time or again by phoenix.js: a first patch follows. */
  joined(reply: unknown): void;
  refused(error: Error): void;
  /** Errored or closed by the other side. */
  lost(): void;
  patch(payload: unknown): void;
}

/** phoenix.js waits this long before its first rejoin of an errored channel. */
export const REOPEN_DELAY_MS = 1000;

/**
 * The sequence of channels that serve one root on one topic. Only the newest is listened to: what
 * comes late from one that was left, its own close included, is ignored.
 */
export class RootChannel {
  readonly #socket: SocketLike;
  readonly #topic: string;
  readonly #payload: object;
  readonly #events: RootChannelEvents;
  #channel: ChannelLike | undefined;
  #reopening: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: SocketLike, topic: string, payload: object, events: RootChannelEvents) {
    this.#socket = socket;
    this.#topic = topic;
    this.#payload = payload;
    this.#events = events;
  }

  /** The channel to push to; `undefined` before {@link open} and after {@link close}. */
  get current(): ChannelLike | undefined {
    return this.#channel;
  }

  open(): void {
    const channel = this.#socket.channel(this.#topic, this.#payload);
    this.#channel = channel;
    const ifCurrent =
      (handle: (payload: unknown) => void) =>
      (payload: unknown): void => {
        if (this.#channel === channel) handle(payload);
      };
    channel.on(
      "patch",
      ifCurrent((payload) => this.#events.patch(payload)),
    );
    channel.onError(ifCurrent(() => this.#events.lost()));
    channel.onClose(ifCurrent(() => this.#closedByPeer()));
    const join = channel.join();
    join.receive(
      "ok",
      ifCurrent((reply) => this.#joined(reply)),
    );
    join.receive(
      "error",
      ifCurrent((reply) => this.#refused(describeReply(reply))),
    );
    join.receive(
      "timeout",
      ifCurrent(() => this.#events.refused(new Error("Root join timed out"))),
    );
  }

  /** Leaves the present channel and joins the same topic anew, at once. */
  reopen(): void {
    this.close();
    try {
      this.open();
    } catch (error) {
      logError(`Could not rejoin ${this.#topic}`, error);
    }
  }

  /** Leaves; phoenix.js stops rejoining. */
  close(): void {
    clearTimeout(this.#reopening);
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.leave();
  }

  #joined(reply: unknown): void {
    clearTimeout(this.#reopening);
    this.#events.joined(reply);
  }

  #refused(reason: string): void {
    this.#events.refused(new Error(`Root join failed: ${reason}`));
  }

  /** phoenix.js never rejoins after `phx_close`, which is what an orderly shutdown sends. */
  #closedByPeer(): void {
    this.#events.lost();
    if (this.#channel === undefined) return;
    clearTimeout(this.#reopening);
    this.#reopening = setTimeout(() => this.reopen(), REOPEN_DELAY_MS);
  }
}
