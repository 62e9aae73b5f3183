import type { MusubiConnection, StoreProxy } from "@musubi/client";
import type { UseMusubiRootSuspenseOptions } from "./types.js";
/** {@link Musubi.useMusubiRootSuspense} */
export declare function useRootSuspense(connection: MusubiConnection<any>, options: UseMusubiRootSuspenseOptions<string, any>): StoreProxy<any, any>;
