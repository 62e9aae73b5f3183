/** An answer is waited for so long, in milliseconds. */
const PATIENCE_MS = 10_000;
/**
 * Asks the server why it does not open `socket`, which a browser does not tell. `undefined` when it
 * does not answer, or would open it: then trying again is right.
 */
export async function whyRefused(socket) {
    const { authToken } = socket;
    // What only a WebSocket says by itself: where it is from, and phoenix.js's token as a sub-protocol.
    const token = typeof authToken === "function" ? authToken() : authToken;
    const headers = {};
    if (typeof token === "string")
        headers["X-Phoenix-AuthToken"] = token;
    if (typeof location === "object")
        headers["X-Socket-Origin"] = location.origin;
    try {
        const response = await fetch(socket.endPointURL().replace(/^ws/, "http"), {
            headers,
            cache: "no-store",
            signal: AbortSignal.timeout(PATIENCE_MS),
        });
        const { status } = response;
        if (!isRefusal(status))
            return undefined;
        const text = await response.text();
        // A page of HTML is for nobody who reads a sentence.
        return { status, reason: /^\s*</.test(text) ? "" : text.trim() };
    }
    catch {
        return undefined;
    }
}
/** Not what a server says of a GET that is no WebSocket's (400, 426), or that may pass by itself. */
function isRefusal(status) {
    return status === 503 || (status > 400 && status < 500 && status !== 408 && status !== 426);
}
/**
 * Calls `listener` when the server refuses `socket`, with the reason. Unless it has only no room
 * (503), the socket is disconnected, as trying again by itself would change nothing; its `connect()`
 * tries again. Returns what stops this.
 */
export function onRefused(socket, listener) {
    let opened = false;
    let asking = false;
    const refs = [
        socket.onOpen(() => void (opened = true)),
        socket.onClose(() => {
            const failed = !opened;
            opened = false;
            if (failed && !asking)
                void ask();
        }),
    ];
    const ask = async () => {
        asking = true;
        const refusal = await whyRefused(socket);
        const done = () => void (asking = false);
        if (refusal === undefined || socket.isConnected())
            return done();
        // Its own closing is no refusal.
        if (refusal.status !== 503)
            socket.disconnect(done);
        else
            done();
        listener(refusal);
    };
    return () => socket.off(refs);
}
