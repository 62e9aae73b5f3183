import { MusubiCommandError } from "./errors.js";
import { sendable } from "./sendable.js";
/** The requests of one root that wait for their reply. */
export class Commands {
    #pending = new Set();
    /** Sends a request and settles with its reply (contract section 13.6). */
    send(channel, { event, storeId, name, rest }) {
        return new Promise((resolve, reject) => {
            const push = channel.push(event, sendable({ store_id: storeId, name, ...rest }));
            const command = event === "command" ? name : event;
            this.#pending.add(reject);
            const settle = (finish) => {
                this.#pending.delete(reject);
                finish();
            };
            const fail = (kind, reply) => settle(() => reject(new MusubiCommandError({ kind, command, storeId, reply })));
            push.receive("ok", (reply) => settle(() => resolve(reply)));
            push.receive("error", (reply) => fail("failed", reply));
            push.receive("timeout", () => fail("timeout"));
        });
    }
    /** Rejects everything that waits: its reply can no longer arrive. */
    rejectAll(message) {
        const pending = [...this.#pending];
        this.#pending.clear();
        for (const reject of pending)
            reject(new Error(message));
    }
}
