import { type ConnectOptions, type MusubiConnection, type SocketLike } from "@musubi/client";
/**
 * Connects a socket for one more provider; returns the connection and what gives it back. One
 * `disconnect()` of the client ends a connection for everybody, so only the last provider says it,
 * and not before the present task is over: StrictMode removes a provider to mount it again at once.
 */
export declare function shareConnection(socket: SocketLike, options: ConnectOptions): {
    connecting: Promise<MusubiConnection<any>>;
    release: () => void;
};
