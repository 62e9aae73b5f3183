import type { Watchable } from "@musubi/client";
/** {@link Musubi.useMusubiSnapshot} */
export declare function useSnapshot<S, T>(store: Watchable<S>, select: ((snapshot: S | undefined) => T) | undefined, equal: ((a: T, b: T) => boolean) | undefined): T;
