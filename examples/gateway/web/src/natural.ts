const collator = new Intl.Collator("en", { numeric: true });

/** Orders names as people do: Core 2 before Core 10. */
export function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => collator.compare(a.name, b.name));
}
