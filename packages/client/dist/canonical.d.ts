/**
 * JSON text that is equal for equal values: keys sorted at every depth, members that are
 * `undefined` dropped; `undefined` itself is `null`.
 */
export declare function canonicalStringify(value: unknown): string;
