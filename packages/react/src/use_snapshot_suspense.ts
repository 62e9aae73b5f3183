import type { Watchable } from "@musubi/client";
import { shallowEqual } from "./shallow_equal.js";
import { nextWake } from "./suspend.js";
import { useSelection } from "./use_selection.js";

/** Stands for the snapshot of a store that is not in the tree: no selector can give it. */
const ABSENT = Symbol();

/** {@link Musubi.useMusubiSnapshotSuspense} */
export function useSnapshotSuspense<S, T>(
  store: Watchable<S>,
  select: ((snapshot: S) => T) | undefined,
  equal: ((a: T, b: T) => boolean) | undefined,
): T {
  const same = equal ?? (select === undefined ? Object.is : shallowEqual);
  const selected = useSelection<S, T | typeof ABSENT>(
    store,
    (snapshot) => {
      if (snapshot === undefined) return ABSENT;
      return select === undefined ? (snapshot as unknown as T) : select(snapshot);
    },
    (a, b) => (a === ABSENT || b === ABSENT ? a === b : same(a, b)),
  );
  if (selected === ABSENT) throw nextWake(store);
  return selected;
}
