import { useCallback, useSyncExternalStore } from "react";
/** {@link Musubi.useMusubiStatus}; `undefined` is a connection that is not there yet. */
export function useStatus(connection) {
    const subscribe = useCallback((listener) => connection?.onStatusChange(listener) ?? (() => undefined), [connection]);
    const current = () => connection?.status() ?? "connecting";
    return useSyncExternalStore(subscribe, current, () => "connecting");
}
