/** Why the server does not take this page's WebSocket, as it answers a plain GET of the address. */
export interface Refusal {
    /**
     * 403: not let in; 404: no socket there; 429: too many tries; 503: no room, or about to stop; 400: it
     * would be taken, but something on the way blocks WebSockets.
     */
    readonly status: number;
    /** The server's own sentence, for 400 this client's; empty if there is none. */
    readonly reason: string;
}
/** The little of phoenix.js's `Socket` that is needed to ask, and to stop. */
export interface RefusableSocket {
    endPointURL(): string;
    isConnected(): boolean;
    disconnect(callback?: () => void): void;
    onOpen(callback: () => void): any;
    onClose(callback: () => void): any;
    off(refs: any[]): void;
    readonly authToken?: unknown;
}
/**
 * Asks the server why it does not open `socket`, which a browser does not tell. `undefined` when it
 * does not answer, or would open it: then trying again is right.
 */
export declare function whyRefused(socket: Pick<RefusableSocket, "endPointURL" | "authToken">): Promise<Refusal | undefined>;
/**
 * Calls `listener` when the server refuses `socket`, with the reason. Unless it has only no room
 * (503) or cannot be reached by a WebSocket (400), the socket is disconnected, as trying again by
 * itself would change nothing; its `connect()` tries again. Returns what stops this.
 */
export declare function onRefused(socket: RefusableSocket, listener: (refusal: Refusal) => void): () => void;
