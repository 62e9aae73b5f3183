import { Program } from "./program.js";

/** examples/gateway, keeping its settings in `state`. */
export function gateway(state: string, ...args: string[]): Promise<Program> {
  const port = args.includes("--port") ? [] : ["--port", "0"];
  const all = [...port, "--state", state, ...args];
  return Program.start("gateway", all, /http:\/\/127\.0\.0\.1:(\d+)\/.*\n/);
}
