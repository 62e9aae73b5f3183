import type { MusubiConnection } from "@musubi/client";
import { createElement, useEffect, useMemo, useState, type Context, type ReactElement } from "react";
import { shareConnection } from "./shared_connection.js";
import type { MusubiConnectionStatus, MusubiProviderProps } from "./types.js";

/** What a provider gives to the hooks below it; `null` where there is none. */
export type ConnectionContext = Context<MusubiConnectionStatus<any> | null>;

const CONNECTING: MusubiConnectionStatus<any> = { state: "connecting", connection: null };

/** {@link Musubi.MusubiProvider} */
export function Provider({
  context,
  connection,
  socket,
  topic,
  uploaders,
  children,
}: MusubiProviderProps<any> & { context: ConnectionContext }): ReactElement {
  if ((connection === undefined) === (socket === undefined)) {
    throw new Error("MusubiProvider takes either `connection` or `socket`");
  }
  const [connected, setConnected] = useState(CONNECTING);
  useEffect(() => {
    if (socket === undefined) return undefined;
    let present = true;
    const show = (status: MusubiConnectionStatus<any>): void => {
      if (present) setConnected(status);
    };
    const { connecting, release } = shareConnection(socket, { topic, uploaders });
    connecting.then(
      (connection) => show({ state: "ready", connection }),
      (reason: unknown) => show({ state: "error", connection: null, error: asError(reason) }),
    );
    return () => {
      present = false;
      release();
      setConnected(CONNECTING);
    };
  }, [socket, topic]); // the first uploaders stay, as they do in the client

  const given = useMemo(() => ready(connection), [connection]);
  return createElement(context.Provider, { value: given ?? connected }, children);
}

function ready(connection: MusubiConnection<any> | undefined): MusubiConnectionStatus<any> | null {
  return connection === undefined ? null : { state: "ready", connection };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
