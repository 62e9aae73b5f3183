import type { ConnectionStatus, MusubiConnection } from "@musubi/client";
import { useCallback, useSyncExternalStore } from "react";

/** {@link Musubi.useMusubiStatus}; `undefined` is a connection that is not there yet. */
export function useStatus(connection: MusubiConnection<any> | null): ConnectionStatus {
  const subscribe = useCallback(
    (listener: () => void) => connection?.onStatusChange(listener) ?? (() => undefined),
    [connection],
  );
  const current = (): ConnectionStatus => connection?.status() ?? "connecting";
  return useSyncExternalStore(subscribe, current, () => "connecting");
}
