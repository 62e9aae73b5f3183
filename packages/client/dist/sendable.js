/**
 * A copy of `value` as JSON carries it, taken now. Half a surrogate pair, which a server must refuse,
 * becomes U+FFFD, as everywhere in the DOM. Throws what `JSON.stringify` throws: a cycle or a bigint
 * is the caller's mistake, and must not reach the socket that other roots share.
 */
export function sendable(value) {
    // JSON.stringify writes only the unpaired halves as \uXXXX; `\\` is matched to be stepped over.
    const text = JSON.stringify(value).replace(/\\(\\|ud[89a-f]..)/g, (escape) => escape.length === 2 ? escape : "\ufffd");
    return JSON.parse(text);
}
