import { spawn } from "node:child_process";

/** So many lines of a compiler's complaints are shown on the page; the terminal has them all. */
const SHOWN_LINES = 40;

/** `cmake --build` of one target. `done` is what went wrong, empty when nothing did. */
export function startBuild(folder, target) {
  // A group of its own, so that `stop` reaches the compilers as well.
  const cmake = spawn("cmake", ["--build", folder, "--target", target], { detached: true });
  let output = "";
  for (const stream of [cmake.stdout, cmake.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  }
  const done = new Promise((resolve) => {
    cmake.on("error", (error) => resolve(`cmake cannot be started: ${error.message}`));
    cmake.on("close", (code) => resolve(code === 0 ? "" : complaints(output)));
  });
  const stop = () => {
    try {
      process.kill(-cmake.pid, "SIGTERM");
    } catch {
      // it has ended
    }
  };
  return { done, stop };
}

/** What the compilers said, without what the build tool says around it. */
export function complaints(output) {
  const lines = output.split("\n");
  const said = lines.filter((line, at) => {
    const command = lines[at - 1]?.startsWith("FAILED: ");
    return !command && !/^(\[\d+\/\d+\] |FAILED: |ninja: |g?make(\[\d+\])?: |\[ *\d+%\] )/.test(line);
  });
  const text = said.join("\n").trim();
  return text === "" ? output.trim() : text;
}

/** The first lines of a long text, for a page. */
export function beginning(text) {
  const lines = text.split("\n");
  const more = lines.length - SHOWN_LINES;
  return more > 0 ? `${lines.slice(0, SHOWN_LINES).join("\n")}\n… ${more} more lines in the terminal` : text;
}
