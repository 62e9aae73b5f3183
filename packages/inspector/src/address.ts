/** The mounted roots, in the address, so that a reload, a bookmark or a colleague shows the same. */

export interface Root {
  module: string;
  id: string;
  params: Record<string, unknown>;
}

/** `#root=Example.Chat:main:{"name":"ann"}&root=…`; what cannot be read is left out. */
export function readRoots(hash: string): Root[] | undefined {
  const all = new URLSearchParams(hash.replace(/^#/, "")).getAll("root");
  if (all.length === 0 && !/^#?root/.test(hash)) return undefined;
  return all.flatMap((text) => {
    const [, module, id, params] = /^([^:]+):([^:]*)(?::(.*))?$/s.exec(text) ?? [];
    if (module === undefined || id === undefined) return [];
    try {
      return [{ module, id: decodeURIComponent(id), params: JSON.parse(params || "{}") }];
    } catch {
      return [];
    }
  });
}

/** `#root` alone says that there are none, as opposed to an address that says nothing. */
export function writeRoots(roots: readonly Root[]): string {
  const parts = roots.map(({ module, id, params }) => {
    const text = `${module}:${encodeURIComponent(id)}`;
    return `root=${encodeURIComponent(Object.keys(params).length === 0 ? text : `${text}:${JSON.stringify(params)}`)}`;
  });
  return `#${parts.join("&") || "root"}`;
}

/** Takes a `token=…` out of a hash: it must not stay in the history or on screenshots. */
export function takeToken(hash: string): { token: string | undefined; hash: string } {
  const found = /(?:^#|&)token=([^&]*)/.exec(hash);
  if (!found) return { token: undefined, hash };
  const rest = hash.replace(found[0], "").replace(/^[#&]*/, "");
  return { token: decodeURIComponent(found[1] as string), hash: rest === "" ? "" : `#${rest}` };
}
