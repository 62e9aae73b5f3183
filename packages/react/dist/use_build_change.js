import { useCallback, useSyncExternalStore } from "react";
/** {@link Musubi.useMusubiBuildChange} */
export function useBuildChange(connection) {
    const subscribe = useCallback((listener) => connection?.onBuildChange(listener) ?? (() => undefined), [connection]);
    const current = () => connection?.buildChange() ?? null;
    return useSyncExternalStore(subscribe, current, () => null);
}
