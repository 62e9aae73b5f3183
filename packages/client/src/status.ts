import { Listeners } from "./listeners.js";
import type { SocketLike } from "./transport.js";

/**
 * `connecting` until the socket opened once, then `ready` or `reconnecting`. A root keeps showing
 * its last state while reconnecting.
 */
export type ConnectionStatus = "connecting" | "ready" | "reconnecting";
/** The same, by the name that the original's client has for it. */
export type MusubiSocketStatus = ConnectionStatus;

/** Follows a socket's own callbacks. A socket that has none is taken for `ready`. */
export class StatusTracker {
  readonly #socket: SocketLike;
  readonly #listeners = new Listeners<ConnectionStatus>();
  readonly #refs: unknown[] = [];
  #status: ConnectionStatus = "connecting";

  constructor(socket: SocketLike, opened: () => void) {
    this.#socket = socket;
    if (socket.onOpen === undefined || socket.isConnected?.() === true) this.#status = "ready";
    if (socket.onOpen === undefined) return;
    this.#refs.push(
      socket.onOpen(() => {
        opened();
        this.#become("ready");
      }),
    );
    const lost = () => this.#lost();
    if (socket.onClose !== undefined) this.#refs.push(socket.onClose(lost));
    if (socket.onError !== undefined) this.#refs.push(socket.onError(lost));
  }

  get current(): ConnectionStatus {
    return this.#status;
  }

  /** Tells every later change; never the present status. */
  onChange(listener: (status: ConnectionStatus) => void): () => void {
    return this.#listeners.add("", listener);
  }

  /**
   * Looks whether the socket is still open. After a heartbeat that was not answered phoenix.js
   * errors the channels at once, but tells that the socket closed late or never.
   */
  check(): void {
    if (this.#refs.length > 0 && this.#socket.isConnected?.() === false) this.#lost();
  }

  /** Lets go of the socket; nothing is told any more. */
  detach(): void {
    this.#listeners.clear();
    if (this.#refs.length > 0) this.#socket.off?.(this.#refs.splice(0));
  }

  #lost(): void {
    // A socket that never opened is still connecting, however often it fails.
    if (this.#status === "ready") this.#become("reconnecting");
  }

  #become(status: ConnectionStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#listeners.emit("", status);
  }
}
