import { STORE_ID_KEY } from "./wire.js";
/** A store's id as text, unique within its root: a list key for a child store. */
export declare function keyOf(store: {
    readonly [STORE_ID_KEY]: readonly string[];
}): string;
