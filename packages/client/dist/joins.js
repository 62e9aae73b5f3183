import { logError } from "./log.js";
/** How long a root waits that its connection did not survive, in milliseconds: by how often in a row. */
export const PAUSES_MS = [1000, 2000, 5000, 10_000, 30_000];
/** Topics whose losses are remembered at once; of more, the oldest are forgotten. */
const REMEMBERED = 100;
/**
 * Keeps a join that ends the connection (a proxy or a server that cannot bear it) from taking the
 * other roots along, again and again. When a connection ends, every join that it brought and did not
 * answer is lost. A lost join is sent again after a pause, and alone: the next lost one waits until
 * it was answered. So the one that is to blame is found, and the others are mounted.
 */
export class Joins {
    #socket;
    /** The joins without an answer, and whether an open connection took them. */
    #sent = new Map();
    /** How many connections in a row ended during the join of a topic. */
    #losses = new Map();
    #pauses = new Map();
    /** The lost joins whose pause is over. */
    #due = new Map();
    /** The one of them that is under way. */
    #trial;
    constructor(socket) {
        this.#socket = socket;
    }
    /** The socket has opened: phoenix.js sends what waited for that. */
    opened() {
        for (const topic of this.#sent.keys())
            this.#sent.set(topic, true);
        this.#next();
    }
    /** Calls `join`, now or when it is the turn of a topic whose last join was lost. */
    enter(topic, join) {
        const losses = this.#losses.get(topic);
        if (losses === undefined)
            return this.#send(topic, join);
        const pause = PAUSES_MS[Math.min(losses, PAUSES_MS.length) - 1];
        const due = () => {
            this.#pauses.delete(topic);
            this.#due.set(topic, join);
            this.#next();
        };
        this.#pauses.set(topic, setTimeout(due, pause));
    }
    /** There was an answer, whatever it said. */
    answered(topic) {
        this.#losses.delete(topic);
        this.leave(topic);
    }
    /**
     * The channel of a topic failed. Answers how many joins of it were lost in a row, 0 when this one
     * was not: then phoenix.js joins again by itself.
     */
    failed(topic) {
        const connected = this.#isConnected();
        const lost = this.#sent.get(topic) === true && !connected;
        if (!lost) {
            this.#sent.set(topic, connected);
            return 0;
        }
        this.leave(topic);
        const losses = (this.#losses.get(topic) ?? 0) + 1;
        this.#losses.delete(topic);
        this.#losses.set(topic, losses);
        for (const oldest of this.#losses.keys()) {
            if (this.#losses.size <= REMEMBERED)
                break;
            this.#losses.delete(oldest);
        }
        return losses;
    }
    /** Nothing more comes of the join of a topic. */
    leave(topic) {
        this.#sent.delete(topic);
        this.#due.delete(topic);
        clearTimeout(this.#pauses.get(topic));
        this.#pauses.delete(topic);
        if (this.#trial !== topic)
            return;
        this.#trial = undefined;
        this.#next();
    }
    #next() {
        if (this.#trial !== undefined || !this.#isConnected())
            return;
        for (const [topic, join] of this.#due) {
            this.#due.delete(topic);
            this.#trial = topic;
            try {
                return this.#send(topic, join);
            }
            catch (error) {
                logError(`Could not join ${topic}`, error);
                this.#trial = undefined;
            }
        }
    }
    #send(topic, join) {
        this.#sent.set(topic, this.#isConnected());
        join();
    }
    /** A socket that does not tell loses no join that could be noticed. */
    #isConnected() {
        return this.#socket.isConnected?.() ?? true;
    }
}
