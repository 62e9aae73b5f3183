/** The current page, stored in the fragment of the address so that "back" and bookmarks work. */

export type Route =
  | { readonly view: "overview" }
  | { readonly view: "interface" | "disk"; readonly name: string };

export function parseRoute(fragment: string): Route {
  const [, view, name] = /^#\/(interface|disk)\/(.+)$/.exec(fragment) ?? [];
  if (name === undefined) return { view: "overview" };
  try {
    return { view: view as "interface" | "disk", name: decodeURIComponent(name) };
  } catch {
    return { view: "overview" };
  }
}

export function routeTo(view: "interface" | "disk", name: string): string {
  return `#/${view}/${encodeURIComponent(name)}`;
}

export function sameRoute(a: Route, b: Route): boolean {
  return a.view === b.view && ("name" in a ? a.name : "") === ("name" in b ? b.name : "");
}
