import { existsSync, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** What a program is built from, by its name. */
const SOURCE = /^CMakeLists\.txt$|\.(c|cc|cpp|cxx|h|hh|hpp|hxx|inc|ipp|cmake|in)$/;
/** Whatever is in such a folder is made, fetched, or hidden. */
const MADE = /^(\..*|build|dist|node_modules|out)$/;

/**
 * Calls `changed` with the path of every source that is written, made or removed below `folders`. A folder
 * is watched, not its files, as many editors save by renaming another file. Returns what stops it.
 */
export async function watchSources(folders, changed) {
  const watchers = new Map();

  async function add(folder) {
    if (watchers.has(folder) || existsSync(join(folder, "CMakeCache.txt"))) return;
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null) return;
        const path = join(folder, name);
        if (SOURCE.test(name)) changed(path);
        else if (!MADE.test(name) && !name.includes(".")) void add(path); // perhaps a new folder
      });
      watchers.set(folder, watcher);
      watcher.on("error", () => drop(folder)); // it is gone
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        if (entry.isDirectory() && !MADE.test(entry.name)) await add(join(folder, entry.name));
      }
    } catch (error) {
      drop(folder); // no folder, or no longer there
      if (error.code === "ENOSPC" || error.code === "EMFILE") {
        process.stderr.write(`musubi-dev: ${folder} cannot be watched: the system's limit is reached (${error.code})\n`);
      }
    }
  }
  function drop(folder) {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  for (const folder of folders) await add(folder);
  return () => [...watchers.keys()].forEach(drop);
}

