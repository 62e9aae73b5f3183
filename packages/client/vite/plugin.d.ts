import type { Plugin } from "vite";

export interface MusubiTypesOptions {
  /** What `musubi_add_typescript` writes, seen from the page's root: "src/musubi.d.ts". */
  bundle?: string;
  /** What to check the page with: "tsconfig.json". One with `references` is checked as `tsc -b` does. */
  project?: string;
}

/**
 * For a page under development. When the program's build has written the types of its stores anew,
 * Vite's server checks the page against them, and shows on one that does not fit what has to be
 * changed; when it fits again that goes away, and the page stays as it is. Needs `typescript`, 5 or
 * later, among the page's dependencies. Builds are not touched.
 */
export function musubiTypes(options?: MusubiTypesOptions): Plugin;
