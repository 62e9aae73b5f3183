import type { Watchable } from "@musubi/client";
/** {@link Musubi.useMusubiSnapshotSuspense} */
export declare function useSnapshotSuspense<S, T>(store: Watchable<S>, select: ((snapshot: S) => T) | undefined, equal: ((a: T, b: T) => boolean) | undefined): T;
