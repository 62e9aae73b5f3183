import type { MusubiConnection } from "@musubi/client";
import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import { LOADING, type RootView } from "./root_entry.js";
import { keyOfRoot, rootMounts, type RootMounts } from "./root_mounts.js";
import type { UseMusubiRootOptions } from "./types.js";

type Options = UseMusubiRootOptions<string, any>;

/** {@link Musubi.useMusubiRoot} */
export function useRoot(connection: MusubiConnection<any>, options: Options): RootView {
  const mounts = rootMounts(connection);
  const view = useRootView(mounts, options);
  return usePrevious(mounts, options, view);
}

/** The view of a root, and a use of it for as long as the component is there. */
export function useRootView(mounts: RootMounts, options: Options): RootView {
  const { unmountOnCleanup = true, keepPreviousData: _, ...mount } = options;
  const key = keyOfRoot(mount);
  const subscribe = useCallback(
    (listener: () => void) => mounts.watch(key, mount, unmountOnCleanup, listener),
    [mounts, key, unmountOnCleanup], // what else `mount` says only counts when it begins
  );
  return useSyncExternalStore(
    subscribe,
    () => mounts.view(key),
    () => LOADING,
  );
}

/** The last view that was ready, in place of one that is loading, if the options ask for that. */
function usePrevious(mounts: RootMounts, options: Options, view: RootView): RootView {
  const { unmountOnCleanup = true, keepPreviousData = false, ...mount } = options;
  const kept = useRef<{ view: RootView; release: () => void } | null>(null);
  useEffect(() => {
    if (view.status === "loading" && keepPreviousData) return;
    kept.current?.release();
    kept.current = null;
    if (view.status !== "ready" || !keepPreviousData) return;
    // A use of its own, as the component gives up the first when it turns to another root.
    const release = mounts.watch(keyOfRoot(mount), mount, unmountOnCleanup, () => undefined);
    kept.current = { view, release };
  });
  useEffect(
    () => () => {
      kept.current?.release();
      kept.current = null;
    },
    [],
  );
  if (view.status !== "loading" || !keepPreviousData || kept.current === null) return view;
  return { ...kept.current.view, isFetching: true } as RootView;
}
