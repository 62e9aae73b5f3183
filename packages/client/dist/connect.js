import { storeCache } from "./cache/store_cache.js";
import { connectWith } from "./connect_with.js";
import { uploads } from "./uploads/table.js";
/**
 * Connects `socket` and returns its roots; nothing is joined before a root is mounted. The same
 * socket and topic give the same connection, which one `disconnect()` ends for everybody.
 */
export function connect(socket, { topic, uploaders } = {}) {
    return connectWith(socket, { topic, uploads: uploads(uploaders), cache: storeCache() });
}
