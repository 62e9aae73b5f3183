import type { CacheFeature } from "./cache/types.js";
import { type MusubiConnection } from "./connection.js";
import type { SocketLike } from "./transport.js";
import type { UploadsFeature } from "./uploads/types.js";
export interface ConnectWithOptions {
    /** The topic under which roots are joined; `musubi:connection` if left out. */
    topic?: string | undefined;
    /** `uploads()`; without it an upload's field holds the bare marker of the wire. */
    uploads?: UploadsFeature | undefined;
    /** `storeCache()`; without it no mount can ask for `cache`. */
    cache?: CacheFeature | undefined;
}
/**
 * What `connect` does, with the features that are named and no others: for a page that counts its
 * bytes, as code that is not named is not in its bundle. The same socket and topic give the same
 * connection, with the features of its first call.
 */
export declare function connectWith<R = any>(socket: SocketLike, { topic, uploads, cache }?: ConnectWithOptions): Promise<MusubiConnection<R>>;
