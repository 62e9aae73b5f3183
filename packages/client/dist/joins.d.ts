import type { SocketLike } from "./transport.js";
/** How long a root waits that its connection did not survive, in milliseconds: by how often in a row. */
export declare const PAUSES_MS: readonly [1000, 2000, 5000, 10000, 30000];
/**
 * Keeps a join that ends the connection (a proxy or a server that cannot bear it) from taking the
 * other roots along, again and again. When a connection ends, every join that it brought and did not
 * answer is lost. A lost join is sent again after a pause, and alone: the next lost one waits until
 * it was answered. So the one that is to blame is found, and the others are mounted.
 */
export declare class Joins {
    #private;
    constructor(socket: SocketLike);
    /** The socket has opened: phoenix.js sends what waited for that. */
    opened(): void;
    /** Calls `join`, now or when it is the turn of a topic whose last join was lost. */
    enter(topic: string, join: () => void): void;
    /** There was an answer, whatever it said. */
    answered(topic: string): void;
    /**
     * The channel of a topic failed. Answers how many joins of it were lost in a row, 0 when this one
     * was not: then phoenix.js joins again by itself.
     */
    failed(topic: string): number;
    /** Nothing more comes of the join of a topic. */
    leave(topic: string): void;
}
