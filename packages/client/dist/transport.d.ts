/** The little of phoenix.js that this package stands on; its `Socket` satisfies it as it is. */
/** A message under way, as returned by `join` and `push`. */
export interface PushLike {
    receive(status: "ok" | "error" | "timeout", callback: (response?: any) => void): unknown;
}
/** One joined topic. */
export interface ChannelLike {
    on(event: string, callback: (payload?: any) => void): unknown;
    onClose(callback: (reason?: any) => void): unknown;
    onError(callback: (reason?: any) => void): unknown;
    join(): PushLike;
    leave(): unknown;
    push(event: string, payload: object): PushLike;
}
/** The connection. The optional members feed the connection status; without them it is constant. */
export interface SocketLike {
    connect(): void;
    channel(topic: string, payload: object): ChannelLike;
    isConnected?(): boolean;
    onOpen?(callback: () => void): any;
    onClose?(callback: (event?: any) => void): any;
    onError?(callback: (error?: any) => void): any;
    off?(refs: any[]): void;
}
