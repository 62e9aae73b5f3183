import type { Watchable } from "@musubi/client";
import { shallowEqual } from "./shallow_equal.js";
import { useSelection } from "./use_selection.js";

/** {@link Musubi.useMusubiSnapshot} */
export function useSnapshot<S, T>(
  store: Watchable<S>,
  select: ((snapshot: S | undefined) => T) | undefined,
  equal: ((a: T, b: T) => boolean) | undefined,
): T {
  const whole = select === undefined;
  return useSelection<S, T>(
    store,
    select ?? (identity as (snapshot: S | undefined) => T),
    equal ?? (whole ? Object.is : shallowEqual),
  );
}

function identity<T>(value: T): T {
  return value;
}
