import type { AsyncResult, Watchable } from "@musubi/client";
import { shallowEqual } from "./shallow_equal.js";
import { nextWake } from "./suspend.js";
import { useSelection } from "./use_selection.js";

/** {@link Musubi.useMusubiAsync} */
export function useAsync<S, T>(
  store: Watchable<S>,
  select: (snapshot: S) => AsyncResult<T> | null | undefined,
): T {
  const result = useSelection<S, AsyncResult<T> | null | undefined>(
    store,
    (snapshot) => (snapshot === undefined ? undefined : select(snapshot)),
    sameResult,
  );
  if (result?.status === "ok") return result.data;
  if (result?.status === "failed") {
    throw new Error("[musubi] async field failed", { cause: result.error });
  }
  throw nextWake(store);
}

function sameResult<T>(
  a: AsyncResult<T> | null | undefined,
  b: AsyncResult<T> | null | undefined,
): boolean {
  if (!a || !b) return a === b;
  return a.status === b.status && shallowEqual(a.data, b.data) && shallowEqual(a.error, b.error);
}
