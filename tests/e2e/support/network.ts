import { spawn } from "node:child_process";
import { path } from "./program.js";
import { onText } from "./text.js";

export interface Answer {
  status: number;
  type: string | null;
  text: string;
}

/** The address that a program has in a network of its own. */
export const address = "192.0.2.7";

/** Runs `gateway` in a network of its own, and asks it there for `what`. Throws with all that was said if it cannot. */
export async function askOnNetwork(args: string[], what: string, headers: Record<string, string> = {}): Promise<Answer> {
  const client = `
    const answer = await fetch("http://${address}:" + process.argv[1] + ${JSON.stringify(what)}, { headers: ${JSON.stringify(headers)} });
    console.log(JSON.stringify({ status: answer.status, type: answer.headers.get("Content-Type"), text: await answer.text() }));`;
  const inside = `ip link set lo up; ip address add ${address}/24 dev lo
    log=$(mktemp); "$@" > "$log" 2>&1 & gateway=$!
    until port=$(sed -n 's|.*listening on http://.*:\\([0-9]*\\)/.*|\\1|p' "$log" | head -n 1); [ -n "$port" ]; do
      kill -0 $gateway || { cat "$log"; exit 1; }
      sleep 0.02
    done
    "$NODE" --input-type=module -e "$CLIENT" "$port"
    kill $gateway; wait $gateway; rm "$log"`;
  const all = [path("gateway"), "--port", "0", "--no-announce", "--bind", "0.0.0.0", ...args];
  const child = spawn("unshare", ["-rn", "sh", "-c", inside, "sh", ...all], {
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin`, NODE: process.execPath, CLIENT: client },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) onText(stream, (text) => (said += text));
  await new Promise((ended, failed) => {
    child.on("error", failed);
    child.on("close", ended);
  });
  const line = said.split("\n").find((each) => each.startsWith('{"status"'));
  if (line === undefined) throw new Error(`the gateway was not reached: ${said}`);
  return JSON.parse(line) as Answer;
}
