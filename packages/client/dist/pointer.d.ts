/**
 * Splits an RFC 6901 JSON pointer into its unescaped tokens; `""` (the whole document) has none.
 * Throws on anything else that does not begin with `/`, and on a `~` that escapes nothing.
 */
export declare function parsePointer(pointer: string): string[];
