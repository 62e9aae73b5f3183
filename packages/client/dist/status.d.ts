import type { SocketLike } from "./transport.js";
/**
 * `connecting` until the socket opened once, then `ready` or `reconnecting`. A root keeps showing
 * its last state while reconnecting.
 */
export type ConnectionStatus = "connecting" | "ready" | "reconnecting";
/** The same, by the name that the original's client has for it. */
export type MusubiSocketStatus = ConnectionStatus;
/** Follows a socket's own callbacks. A socket that has none is taken for `ready`. */
export declare class StatusTracker {
    #private;
    constructor(socket: SocketLike, opened: () => void);
    get current(): ConnectionStatus;
    /** Tells every later change; never the present status. */
    onChange(listener: (status: ConnectionStatus) => void): () => void;
    /**
     * Looks whether the socket is still open. After a heartbeat that was not answered phoenix.js
     * errors the channels at once, but tells that the socket closed late or never.
     */
    check(): void;
    /** Lets go of the socket; nothing is told any more. */
    detach(): void;
}
