import { storeIdKey, STORE_ID_KEY } from "./wire.js";
/** A store's id as text, unique within its root: a list key for a child store. */
export function keyOf(store) {
    return storeIdKey(store[STORE_ID_KEY]);
}
