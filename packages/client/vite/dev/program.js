import { spawn } from "node:child_process";

/** A program that does not end by itself when asked to is ended after so long, in milliseconds. */
const PATIENCE_MS = 5000;
/** So much of what a program said last is told when it ends by itself. */
const LAST_BYTES = 2000;

/** Starts a program; `ended` is called with a sentence if it ends without having been asked to. */
export function startProgram(file, args, ended) {
  // A group of its own: Ctrl-C in the terminal is for us, and we end it.
  const child = spawn(file, args, { detached: true, stdio: ["ignore", "inherit", "pipe"] });
  let last = "";
  let asked = false;
  child.stderr.setEncoding("utf8").on("data", (text) => {
    process.stderr.write(text);
    last = (last + text).slice(-LAST_BYTES);
  });
  const over = new Promise((resolve) => {
    const end = (how) => {
      resolve();
      if (!asked) ended(`The program ${how}.\n${last}`.trim());
    };
    child.on("error", (error) => end(`cannot be started: ${error.message}`));
    child.on("close", (code, signal) => end(signal ? `was ended by ${signal}` : `ended with ${code}`));
  });
  return {
    async stop() {
      asked = true;
      child.kill("SIGTERM");
      const impatient = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
      await over;
      clearTimeout(impatient);
    },
  };
}
