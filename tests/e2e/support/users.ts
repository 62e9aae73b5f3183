import { spawnSync } from "node:child_process";
import { path } from "./program.js";

/** The users of these tests, and their passwords. */
export const passwords = { vera: "viewer's password", olga: "operator's password", ada: "admin's password" };
export const roles = { vera: "viewer", olga: "operator", ada: "admin" } as const;

/** Runs the gateway's command line with `input` on its standard input. */
export function changeUsers(file: string, args: string[], input = ""): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(path("gateway"), ["--users", file, ...args], {
    input,
    encoding: "utf8",
    timeout: 30_000,
  });
  return { code: status, said: stdout + stderr };
}

/** Makes the file with all of them. */
export function makeUsers(file: string): void {
  for (const [name, password] of Object.entries(passwords)) {
    const role = roles[name as keyof typeof roles];
    const { code, said } = changeUsers(file, ["--set-user", name, "--role", role], `${password}\n`);
    if (code !== 0) throw new Error(said);
  }
}

