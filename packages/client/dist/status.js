import { Listeners } from "./listeners.js";
/** Follows a socket's own callbacks. A socket that has none is taken for `ready`. */
export class StatusTracker {
    #socket;
    #listeners = new Listeners();
    #refs = [];
    #status = "connecting";
    constructor(socket, opened) {
        this.#socket = socket;
        if (socket.onOpen === undefined || socket.isConnected?.() === true)
            this.#status = "ready";
        if (socket.onOpen === undefined)
            return;
        this.#refs.push(socket.onOpen(() => {
            opened();
            this.#become("ready");
        }));
        const lost = () => this.#lost();
        if (socket.onClose !== undefined)
            this.#refs.push(socket.onClose(lost));
        if (socket.onError !== undefined)
            this.#refs.push(socket.onError(lost));
    }
    get current() {
        return this.#status;
    }
    /** Tells every later change; never the present status. */
    onChange(listener) {
        return this.#listeners.add("", listener);
    }
    /**
     * Looks whether the socket is still open. After a heartbeat that was not answered phoenix.js
     * errors the channels at once, but tells that the socket closed late or never.
     */
    check() {
        if (this.#refs.length > 0 && this.#socket.isConnected?.() === false)
            this.#lost();
    }
    /** Lets go of the socket; nothing is told any more. */
    detach() {
        this.#listeners.clear();
        if (this.#refs.length > 0)
            this.#socket.off?.(this.#refs.splice(0));
    }
    #lost() {
        // A socket that never opened is still connecting, however often it fails.
        if (this.#status === "ready")
            this.#become("reconnecting");
    }
    #become(status) {
        if (status === this.#status)
            return;
        this.#status = status;
        this.#listeners.emit("", status);
    }
}
