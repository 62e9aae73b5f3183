import type { MusubiConnection } from "./connection.js";
import type { SocketLike } from "./transport.js";
import type { ExternalUploaders } from "./uploads/types.js";
export interface ConnectOptions {
    /** The topic under which roots are joined; `musubi:connection` if left out. */
    topic?: string | undefined;
    /** External uploaders, by the names that stores give them. */
    uploaders?: ExternalUploaders | undefined;
}
/**
 * Connects `socket` and returns its roots; nothing is joined before a root is mounted. The same
 * socket and topic give the same connection, which one `disconnect()` ends for everybody.
 */
export declare function connect<R = any>(socket: SocketLike, { topic, uploaders }?: ConnectOptions): Promise<MusubiConnection<R>>;
