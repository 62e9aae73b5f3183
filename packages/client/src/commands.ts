import { MusubiCommandError } from "./errors.js";
import type { ChannelLike } from "./transport.js";
import type { StoreId } from "./wire.js";

/** The commands of one root that wait for their reply. */
export class Commands {
  readonly #pending = new Set<(error: Error) => void>();

  /** Sends a command and settles with its reply (contract section 13.6). */
  send(channel: ChannelLike, storeId: StoreId, name: string, payload: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const push = channel.push("command", { store_id: storeId, name, payload });
      this.#pending.add(reject);
      const settle = (finish: () => void) => {
        this.#pending.delete(reject);
        finish();
      };
      const fail = (kind: "failed" | "timeout", reply?: unknown) =>
        settle(() => reject(new MusubiCommandError({ kind, command: name, storeId, reply })));
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
