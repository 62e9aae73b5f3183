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
export declare class Commands {
    #private;
    /** Sends a request and settles with its reply (contract section 13.6). */
    send(channel: ChannelLike, { event, storeId, name, rest }: Request): Promise<unknown>;
    /** Rejects everything that waits: its reply can no longer arrive. */
    rejectAll(message: string): void;
}
