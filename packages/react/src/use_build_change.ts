import type { BuildChange, MusubiConnection } from "@musubi/client";
import { useCallback, useSyncExternalStore } from "react";

/** {@link Musubi.useMusubiBuildChange} */
export function useBuildChange(connection: MusubiConnection<any> | null): BuildChange | null {
  const subscribe = useCallback(
    (listener: () => void) => connection?.onBuildChange(listener) ?? (() => undefined),
    [connection],
  );
  const current = (): BuildChange | null => connection?.buildChange() ?? null;
  return useSyncExternalStore(subscribe, current, () => null);
}
