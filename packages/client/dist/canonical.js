/**
 * JSON text that is equal for equal values: keys sorted at every depth, members that are
 * `undefined` dropped; `undefined` itself is `null`.
 */
export function canonicalStringify(value) {
    return JSON.stringify(value, sortKeys) ?? "null";
}
function sortKeys(_key, value) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
        return value;
    const record = value;
    return Object.fromEntries(Object.keys(record)
        .sort()
        .map((key) => [key, record[key]]));
}
