import type { StorageLike } from "./cache/persisters.js";
/**
 * A storage that is gone with the page. Give it to phoenix.js as `sessionStorage`: its `Socket`
 * touches the browser's otherwise, which throws where a user has blocked site data.
 */
export declare function memoryStorage(): StorageLike;
