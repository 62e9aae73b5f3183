import type { Plugin } from "vite";

export interface MusubiTypesOptions {
  /** What `musubi_add_typescript` writes, seen from the page's root: "src/musubi.d.ts". */
  bundle?: string;
  /** What to check the page with: "tsconfig.json". */
  project?: string;
}

/**
 * For a page under development. When the program's build has written the types of its stores anew,
 * Vite's server checks the page against them: it reloads a page that fits, and shows on one that does
 * not what has to be changed. Needs `typescript` among the page's dependencies. Builds are not
 * touched.
 */
export function musubiTypes(options?: MusubiTypesOptions): Plugin;
