/** An answer is waited for so long, in milliseconds. */
const PATIENCE_MS = 10_000;
/**
 * So many tries in a row do not open, while the server answers each plain GET, before the WebSocket
 * counts as blocked: a server that was just restarting fails one.
 */
const TRIES = 3;
const BLOCKED = {
    status: 400,
    reason: "The server answers, but WebSockets do not get through: a proxy, a firewall or an extension of the browser blocks them.",
};
/**
 * Asks the server why it does not open `socket`, which a browser does not tell. `undefined` when it
 * does not answer, or would open it: then trying again is right.
 */
export async function whyRefused(socket) {
    const refusal = await ask(socket);
    return refusal === BLOCKED ? undefined : refusal;
}
/** The same, with `BLOCKED` when the server would open it. */
async function ask(socket) {
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
        if (mayPass(status))
            return undefined;
        if (!isRefusal(status))
            return BLOCKED;
        const text = await response.text();
        // A page of HTML is for nobody who reads a sentence.
        return { status, reason: /^\s*</.test(text) ? "" : text.trim() };
    }
    catch {
        return undefined;
    }
}
/** The server is not well, or was too slow. */
const mayPass = (status) => status === 408 || (status >= 500 && status !== 503);
/** Not what a server, or a page in its place, says to a GET that is no WebSocket's: 400, 426, 200. */
const isRefusal = (status) => status > 400 && status !== 426;
/**
 * Calls `listener` when the server refuses `socket`, with the reason. Unless it has only no room
 * (503) or cannot be reached by a WebSocket (400), the socket is disconnected, as trying again by
 * itself would change nothing; its `connect()` tries again. Returns what stops this.
 */
export function onRefused(socket, listener) {
    let opened = false;
    let asking = false;
    let blocked = 0;
    const refs = [
        socket.onOpen(() => void (opened = true)),
        socket.onClose(() => {
            const failed = !opened;
            if (opened)
                blocked = 0;
            opened = false;
            if (failed && !asking)
                void find();
        }),
    ];
    const find = async () => {
        asking = true;
        const refusal = await ask(socket);
        const done = () => void (asking = false);
        blocked = refusal === BLOCKED ? blocked + 1 : 0;
        if (refusal === undefined || socket.isConnected())
            return done();
        if (refusal === BLOCKED && blocked < TRIES)
            return done();
        // Its own closing is no refusal.
        if (refusal !== BLOCKED && refusal.status !== 503)
            socket.disconnect(done);
        else
            done();
        listener(refusal);
    };
    return () => socket.off(refs);
}
