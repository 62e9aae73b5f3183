import type { MusubiConnection, StoreProxy } from "@musubi/client";
import { useEffect, useRef } from "react";
import type { RootEntry } from "./root_entry.js";
import { keyOfRoot, rootMounts } from "./root_mounts.js";
import type { UseMusubiRootSuspenseOptions } from "./types.js";
import { useRootView } from "./use_root.js";

/** {@link Musubi.useMusubiRootSuspense} */
export function useRootSuspense(
  connection: MusubiConnection<any>,
  options: UseMusubiRootSuspenseOptions<string, any>,
): StoreProxy<any, any> {
  const mounts = rootMounts(connection);
  const { unmountOnCleanup: _, ...mount } = options;
  const entry = mounts.obtain(keyOfRoot(mount), mount);
  const committed = useRef<RootEntry | null>(null);
  const claim = committed.current === entry ? undefined : entry.claim();
  if (entry.view.status === "loading") throw entry.settled;

  const view = useRootView(mounts, options);
  useEffect(() => {
    committed.current = entry;
    if (claim !== undefined) entry.redeem(claim);
  });
  useEffect(() => () => void (committed.current = null), []);
  if (view.status === "error") throw view.error;
  if (view.status === "loading") throw entry.settled;
  return view.store;
}
