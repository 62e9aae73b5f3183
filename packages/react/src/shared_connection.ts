import { connect, type ConnectOptions, type MusubiConnection, type SocketLike } from "@musubi/client";

interface Shared {
  users: number;
  readonly connecting: Promise<MusubiConnection<any>>;
  ending?: ReturnType<typeof setTimeout>;
}

const bySocket = new WeakMap<SocketLike, Map<string, Shared>>();

/**
 * Connects a socket for one more provider; returns the connection and what gives it back. One
 * `disconnect()` of the client ends a connection for everybody, so only the last provider says it,
 * and not before the present task is over: StrictMode removes a provider to mount it again at once.
 */
export function shareConnection(
  socket: SocketLike,
  options: ConnectOptions,
): { connecting: Promise<MusubiConnection<any>>; release: () => void } {
  const topic = options.topic ?? "";
  let byTopic = bySocket.get(socket);
  if (byTopic === undefined) bySocket.set(socket, (byTopic = new Map<string, Shared>()));
  const topics = byTopic;
  const shared: Shared = topics.get(topic) ?? { users: 0, connecting: connect(socket, options) };
  topics.set(topic, shared);
  shared.users += 1;
  clearTimeout(shared.ending);

  const end = (): void => {
    topics.delete(topic);
    shared.connecting.then(
      (connection) => connection.disconnect(),
      () => undefined, // it never was
    );
  };
  return {
    connecting: shared.connecting,
    release: () => {
      shared.users -= 1;
      if (shared.users === 0) shared.ending = setTimeout(end, 0);
    },
  };
}
