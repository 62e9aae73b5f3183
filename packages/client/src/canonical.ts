/**
 * JSON text that is equal for equal values: keys sorted at every depth, members that are
 * `undefined` dropped; `undefined` itself is `null`.
 */
export function canonicalStringify(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? "null";
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, record[key]]),
  );
}
