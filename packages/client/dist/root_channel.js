import { MusubiMountError } from "./errors.js";
import { logError } from "./log.js";
/** phoenix.js waits this long before its first rejoin of an errored channel. */
export const REOPEN_DELAY_MS = 1000;
/** So many connections may end during the join of a root that is not mounted yet. */
const MOST_LOSSES = 2;
/**
 * The sequence of channels that serve one root on one topic. Only the newest is listened to: what
 * comes late from one that was left, its own close included, is ignored.
 */
export class RootChannel {
    #socket;
    #topic;
    #payload;
    #joins;
    #events;
    #channel;
    #reopening;
    #reopened = -Infinity;
    #closed = false;
    constructor(socket, topic, payload, joins, events) {
        this.#socket = socket;
        this.#topic = topic;
        this.#payload = payload;
        this.#joins = joins;
        this.#events = events;
    }
    /** The channel to push to; `undefined` while there is none. */
    get current() {
        return this.#channel;
    }
    open() {
        this.#joins.enter(this.#topic, () => this.#join());
    }
    /** Leaves the present channel and joins the same topic anew: at once, if that is not a habit. */
    reopen() {
        this.#drop();
        const pause = this.#reopened + REOPEN_DELAY_MS - Date.now();
        if (pause > 0)
            return this.#reopenLater(pause);
        this.#reopened = Date.now();
        try {
            this.open();
        }
        catch (error) {
            logError(`Could not rejoin ${this.#topic}`, error);
        }
    }
    /** Leaves; phoenix.js stops rejoining. */
    close() {
        this.#closed = true;
        this.#drop();
    }
    #join() {
        const channel = this.#socket.channel(this.#topic, this.#payload);
        this.#channel = channel;
        const ifCurrent = (handle) => (payload) => {
            if (this.#channel === channel)
                handle(payload);
        };
        channel.on("patch", ifCurrent((payload) => {
            this.#joins.answered(this.#topic);
            this.#events.patch(payload);
        }));
        channel.onError(ifCurrent(() => this.#failed()));
        channel.onClose(ifCurrent(() => this.#closedByPeer()));
        const join = channel.join();
        join.receive("ok", ifCurrent((reply) => this.#joined(reply)));
        join.receive("error", ifCurrent((reply) => this.#refused(reply)));
        join.receive("timeout", ifCurrent(() => {
            this.#joins.leave(this.#topic); // the next lost one may try
            this.#events.refused(new Error("Root join timed out"));
        }));
    }
    #drop() {
        clearTimeout(this.#reopening);
        this.#joins.leave(this.#topic);
        const channel = this.#channel;
        this.#channel = undefined;
        channel?.leave();
    }
    #joined(reply) {
        clearTimeout(this.#reopening);
        this.#events.joined(reply);
    }
    #refused(reply) {
        this.#joins.answered(this.#topic);
        this.#events.refused(new MusubiMountError(reply));
    }
    /** phoenix.js rejoins by itself; but what may have ended the connection waits for its turn. */
    #failed() {
        const losses = this.#joins.failed(this.#topic);
        if (losses > 0)
            this.#drop();
        this.#events.lost();
        if (losses >= MOST_LOSSES && !this.#closed) {
            const times = losses === 2 ? "twice" : `${losses} times`;
            const reason = `the connection ended ${times} before the answer`;
            this.#events.refused(new Error(`Root join failed: ${reason}`));
        }
        if (losses > 0 && !this.#closed)
            this.open();
    }
    /** phoenix.js never rejoins after `phx_close`, which is what an orderly shutdown sends. */
    #closedByPeer() {
        this.#events.lost();
        if (this.#channel !== undefined)
            this.#reopenLater(REOPEN_DELAY_MS);
    }
    #reopenLater(pause) {
        clearTimeout(this.#reopening);
        this.#reopening = setTimeout(() => this.reopen(), pause);
    }
}
