import { type MountStoreOptions, type MusubiConnection } from "@musubi/client";
import { RootEntry, type RootView } from "./root_entry.js";
export type MountOptions = MountStoreOptions<string, any>;
/** The mounts that the components of one connection share, by module, id and params. */
export declare class RootMounts {
    #private;
    constructor(connection: MusubiConnection<any>);
    /** The mount under `key`, begun if there is none. */
    obtain(key: string, options: MountOptions): RootEntry;
    /** What there is to show of `key` now. */
    view(key: string): RootView;
    /** Uses the mount under `key`, and calls `listener` after its changes; returns what ends both. */
    watch(key: string, options: MountOptions, unmount: boolean, listener: () => void): () => void;
}
export declare function rootMounts(connection: MusubiConnection<any>): RootMounts;
/** Options that are equal as values have equal keys. */
export declare function keyOfRoot({ module, id, params }: MountOptions): string;
