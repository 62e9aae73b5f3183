import type { CacheFeature } from "./cache/types.js";
import { Connection, type MusubiConnection } from "./connection.js";
import type { SocketLike } from "./transport.js";
import type { UploadsFeature } from "./uploads/types.js";

export interface ConnectWithOptions {
  /** The topic under which roots are joined; `musubi:connection` if left out. */
  topic?: string | undefined;
  /** `uploads()`; without it an upload's field holds the bare marker of the wire. */
  uploads?: UploadsFeature | undefined;
  /** `storeCache()`; without it no mount can ask for `cache`. */
  cache?: CacheFeature | undefined;
}

const DEFAULT_TOPIC = "musubi:connection";
const connections = new WeakMap<SocketLike, Map<string, Connection>>();

/**
 * What `connect` does, with the features that are named and no others: for a page that counts its
 * bytes, as code that is not named is not in its bundle. The same socket and topic give the same
 * connection, with the features of its first call.
 */
export async function connectWith<R = any>(
  socket: SocketLike,
  { topic = DEFAULT_TOPIC, uploads, cache }: ConnectWithOptions = {},
): Promise<MusubiConnection<R>> {
  warnOfLongPolling(socket);
  const shared = connections.get(socket)?.get(topic);
  // Before connecting, so that the very first opening is not missed.
  const connection =
    shared ?? new Connection(socket, topic, { uploads, cache }, () => forget(socket, topic));
  if (shared === undefined) remember(socket, topic, connection);
  try {
    socket.connect();
  } catch (error) {
    if (shared === undefined) await connection.disconnect();
    throw error;
  }
  return connection as unknown as MusubiConnection<R>;
}

/** A page that fell back stays there, and asks in vain for what a Musubi server for devices lacks. */
function warnOfLongPolling(socket: SocketLike): void {
  if (!(socket as { longPollFallbackMs?: unknown }).longPollFallbackMs) return;
  console.warn(
    "[musubi] Socket has longPollFallbackMs: one restart of the server turns this page to long polling, for good. Leave the option out.",
  );
}

function remember(socket: SocketLike, topic: string, connection: Connection): void {
  let byTopic = connections.get(socket);
  if (byTopic === undefined) connections.set(socket, (byTopic = new Map()));
  byTopic.set(topic, connection);
}

function forget(socket: SocketLike, topic: string): void {
  connections.get(socket)?.delete(topic);
}
