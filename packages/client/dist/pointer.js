/**
 * Splits an RFC 6901 JSON pointer into its unescaped tokens; `""` (the whole document) has none.
 * Throws on anything else that does not begin with `/`, and on a `~` that escapes nothing.
 */
export function parsePointer(pointer) {
    if (pointer === "")
        return [];
    if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) {
        throw new Error(`Invalid JSON pointer: ${pointer}`);
    }
    return pointer.slice(1).split("/").map(unescape);
}
// `~1` first: the other order would turn `~01` into `/` instead of `~1`.
function unescape(token) {
    return token.includes("~") ? token.replaceAll("~1", "/").replaceAll("~0", "~") : token;
}
