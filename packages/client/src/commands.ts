import { MusubiCommandError } from "./errors.js";
import { sendable } from "./sendable.js";
import type { ChannelLike } from "./transport.js";
import type { StoreId } from "./wire.js";

/** What is sent on a root's channel: a command, or a step of an upload. */
export interface Request {
  readonly event: string;
  readonly storeId: StoreId;
  readonly name: string;
  /** The payload beside `store_id` and `name`. */
  readonly rest: object;
}

/** The requests of one root that wait for their reply. */
export class Commands {
  readonly #pending = new Set<(error: Error) => void>();

  /** Sends a request and settles with its reply (contract section 13.6). */
  send(channel: ChannelLike, { event, storeId, name, rest }: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const push = channel.push(event, sendable({ store_id: storeId, name, ...rest }));
      const command = event === "command" ? name : event;
      this.#pending.add(reject);
      const settle = (finish: () => void) => {
        this.#pending.delete(reject);
        finish();
      };
      const fail = (kind: "failed" | "timeout", reply?: unknown) =>
        settle(() => reject(new MusubiCommandError({ kind, command, storeId, reply })));
      push.receive("ok", (reply) => settle(() => resolve(reply)));
      push.receive("error", (reply) => fail("failed", reply));
      push.receive("timeout", () => fail("timeout"));
    });
  }

  /** Rejects everything that waits: its reply can no longer arrive. */
  rejectAll(message: string): void {
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const reject of pending) reject(new Error(message));
  }
}
