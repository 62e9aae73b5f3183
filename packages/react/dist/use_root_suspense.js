import { useEffect, useRef } from "react";
import { keyOfRoot, rootMounts } from "./root_mounts.js";
import { useRootView } from "./use_root.js";
/** {@link Musubi.useMusubiRootSuspense} */
export function useRootSuspense(connection, options) {
    const mounts = rootMounts(connection);
    const { unmountOnCleanup: _, ...mount } = options;
    const entry = mounts.obtain(keyOfRoot(mount), mount);
    const committed = useRef(null);
    const claim = committed.current === entry ? undefined : entry.claim();
    if (entry.view.status === "loading")
        throw entry.settled;
    const view = useRootView(mounts, options);
    useEffect(() => {
        committed.current = entry;
        if (claim !== undefined)
            entry.redeem(claim);
    });
    useEffect(() => () => void (committed.current = null), []);
    if (view.status === "error")
        throw view.error;
    if (view.status === "loading")
        throw entry.settled;
    return view.store;
}
