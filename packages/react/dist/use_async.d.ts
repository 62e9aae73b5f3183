import type { AsyncResult, Watchable } from "@musubi/client";
/** {@link Musubi.useMusubiAsync} */
export declare function useAsync<S, T>(store: Watchable<S>, select: (snapshot: S) => AsyncResult<T> | null | undefined): T;
