/**
 * A copy of `value` as JSON carries it, taken now. Half a surrogate pair, which a server must refuse,
 * becomes U+FFFD, as everywhere in the DOM. Throws what `JSON.stringify` throws: a cycle or a bigint
 * is the caller's mistake, and must not reach the socket that other roots share.
 */
export declare function sendable<T extends object>(value: T): T;
