import { Connection } from "./connection.js";
const DEFAULT_TOPIC = "musubi:connection";
const connections = new WeakMap();
/**
 * What `connect` does, with the features that are named and no others: for a page that counts its
 * bytes, as code that is not named is not in its bundle. The same socket and topic give the same
 * connection, with the features of its first call.
 */
export async function connectWith(socket, { topic = DEFAULT_TOPIC, uploads, cache } = {}) {
    warnOfLongPolling(socket);
    const shared = connections.get(socket)?.get(topic);
    // Before connecting, so that the very first opening is not missed.
    const connection = shared ?? new Connection(socket, topic, { uploads, cache }, () => forget(socket, topic));
    if (shared === undefined)
        remember(socket, topic, connection);
    try {
        socket.connect();
    }
    catch (error) {
        if (shared === undefined)
            await connection.disconnect();
        throw error;
    }
    return connection;
}
/** A page that fell back stays there, and asks in vain for what a Musubi server for devices lacks. */
function warnOfLongPolling(socket) {
    if (!socket.longPollFallbackMs)
        return;
    console.warn("[musubi] Socket has longPollFallbackMs: one restart of the server turns this page to long polling, for good. Leave the option out.");
}
function remember(socket, topic, connection) {
    let byTopic = connections.get(socket);
    if (byTopic === undefined)
        connections.set(socket, (byTopic = new Map()));
    byTopic.set(topic, connection);
}
function forget(socket, topic) {
    connections.get(socket)?.delete(topic);
}
