import { Connection, type MusubiConnection } from "./connection.js";
import type { SocketLike } from "./transport.js";

export interface ConnectOptions {
  /** The topic under which roots are joined; `musubi:connection` if left out. */
  topic?: string;
}

const DEFAULT_TOPIC = "musubi:connection";
const connections = new WeakMap<SocketLike, Map<string, Connection>>();

/**
 * Connects `socket` and returns its roots; nothing is joined before a root is mounted. The same
 * socket and topic give the same connection, which one `disconnect()` ends for everybody.
 */
export async function connect<R = any>(
  socket: SocketLike,
  { topic = DEFAULT_TOPIC }: ConnectOptions = {},
): Promise<MusubiConnection<R>> {
  const shared = connections.get(socket)?.get(topic);
  // Before connecting, so that the very first opening is not missed.
  const connection = shared ?? new Connection(socket, topic, () => forget(socket, topic));
  if (shared === undefined) remember(socket, topic, connection);
  try {
    socket.connect();
  } catch (error) {
    if (shared === undefined) await connection.disconnect();
    throw error;
  }
  return connection as unknown as MusubiConnection<R>;
}

function remember(socket: SocketLike, topic: string, connection: Connection): void {
  let byTopic = connections.get(socket);
  if (byTopic === undefined) connections.set(socket, (byTopic = new Map()));
  byTopic.set(topic, connection);
}

function forget(socket: SocketLike, topic: string): void {
  connections.get(socket)?.delete(topic);
}
