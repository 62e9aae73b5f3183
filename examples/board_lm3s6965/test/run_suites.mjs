// Runs suites of tests, several at once, each in a process of its own. Standard input has one a line, as
// `scripts/board suites` prints them: board, suite and its firmware; each starts as soon as its line is there. The
// parameters are those of Node's test runner.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

const options = process.argv.slice(2);
/** No suite takes a quarter of it on a quiet machine. */
const most_seconds = 480;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
// one more than the processors, because a browser's page and a board in real time often wait
const at_once = availableParallelism() + 1;
const started = Date.now();
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);
const total = { pass: 0, fail: 0 };
const failed = [];

/** Runs one, and writes what it has said, as a whole. */
async function run(line) {
  const since = Date.now();
  const [board, suite, ...firmware] = line.split(" ");
  const child = spawn("scripts/board", ["--board", board, "suite", suite, ...firmware, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const late = setTimeout(() => {
    said += `ended: it took more than ${most_seconds} s\n`;
    child.kill("SIGKILL");
  }, most_seconds * 1000);
  child.stdout.setEncoding("utf8").on("data", (text) => (said += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
  const code = await new Promise((done) => child.on("close", done));
  clearTimeout(late);
  const count = (what) => Number(new RegExp(`^ℹ ${what} (\\d+)$`, "m").exec(said)?.[1] ?? 0);
  total.pass += count("pass");
  total.fail += count("fail");
  const idle = count("pass") + count("fail") === 0;
  const passed = code === 0 && !(idle && suite.includes(":")); // its pattern fits no test any more
  if (!passed) failed.push(`${board} ${suite}`);
  if (passed && idle) return;
  console.log(`=== ${board}, ${suite}: ${passed ? "" : "FAILED after "}${seconds(since)} s`);
  console.log(passed ? said.replace(/^ℹ .*\n/gm, "") : said);
}

async function work() {
  for (let line; !(line = await lines.next()).done; ) await run(line.value);
}
await Promise.all(Array.from({ length: at_once }, work));
console.log(`${total.pass} passed, ${total.fail} failed in ${seconds(started)} s`);
if (failed.length !== 0) console.log(`FAILED: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
