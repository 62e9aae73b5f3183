import type { Joins } from "./joins.js";
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
export declare const REOPEN_DELAY_MS = 1000;
/**
 * The sequence of channels that serve one root on one topic. Only the newest is listened to: what
 * comes late from one that was left, its own close included, is ignored.
 */
export declare class RootChannel {
    #private;
    constructor(socket: SocketLike, topic: string, payload: object, joins: Joins, events: RootChannelEvents);
    /** The channel to push to; `undefined` while there is none. */
    get current(): ChannelLike | undefined;
    open(): void;
    /** Leaves the present channel and joins the same topic anew: at once, if that is not a habit. */
    reopen(): void;
    /** Leaves; phoenix.js stops rejoining. */
    close(): void;
}
