import { spawnSync } from "node:child_process";

/** Whether this machine lets a program have a network of its own; some containers do not. */
export const hasNamespaces = spawnSync("unshare", ["-rmn", "true"]).status === 0;
