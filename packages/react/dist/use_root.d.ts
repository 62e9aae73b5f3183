import type { MusubiConnection } from "@musubi/client";
import { type RootView } from "./root_entry.js";
import { type RootMounts } from "./root_mounts.js";
import type { UseMusubiRootOptions } from "./types.js";
type Options = UseMusubiRootOptions<string, any>;
/** {@link Musubi.useMusubiRoot} */
export declare function useRoot(connection: MusubiConnection<any>, options: Options): RootView;
/** The view of a root, and a use of it for as long as the component is there. */
export declare function useRootView(mounts: RootMounts, options: Options): RootView;
export {};
