#!/usr/bin/env node
import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import { relative, resolve } from "node:path";
import { beginning, startBuild } from "./build.js";
import { servePage } from "./page.js";
import { startProgram } from "./program.js";
import { findPage, findProgram } from "./project.js";
import { watchSources } from "./watch.js";

const USAGE = `usage: musubi-dev BUILD [PROGRAM] [--page FOLDER | --no-page] [-- ARGUMENT...]

Builds a program, runs it, and serves its page by Vite. When one of its C++ sources is saved, the program is built
anew and restarted, and the page shows it; what the compiler complains about is shown here and on the page. Ctrl-C
ends everything.

  BUILD            a folder that CMake has configured
  PROGRAM          a target of it, unless there is only one
  --page FOLDER    its page, by default the folder web beside its sources; with --no-page, none
  ARGUMENT         for the program; it also gets --port, which musubi::asio::from_command_line reads
`;
/** Saving several files at once is one change; in milliseconds. */
const TOGETHER_MS = 30;

function usage(problem) {
  process.stderr.write(`musubi-dev: ${problem}\n${USAGE}`);
  process.exit(2);
}

function commandLine(words) {
  const asked = { places: [], page: undefined, args: [] };
  const end = words.indexOf("--");
  if (end !== -1) asked.args = words.splice(end).slice(1);
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--help") {
      process.stdout.write(USAGE);
      process.exit(0);
    } else if (word === "--page") asked.page = resolve(words.shift() ?? usage("--page needs a folder"));
    else if (word === "--no-page") asked.page = null;
    else if (word.startsWith("-")) usage(`unknown option ${word}`);
    else asked.places.push(word);
  }
  if (asked.places.length < 1 || asked.places.length > 2) usage("BUILD is needed, and PROGRAM at most");
  return asked;
}

const say = (text) => process.stdout.write(`musubi-dev: ${text}\n`);
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** A port that is free now, and kept for the program over its restarts. */
function freePort() {
  return new Promise((found, failed) => {
    const server = createServer().on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Identifies the file of a program as it was built; undefined if there is none. */
async function versionOf(file) {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}

async function main() {
  const { places, page: asked, args } = commandLine(process.argv.slice(2));
  const build = resolve(places[0]);
  const start = process.cwd();
  const program = await findProgram(build, places[1]);
  const folder = asked === undefined ? findPage(program) : asked;

  if (!args.some((arg) => /^--port(=|$)/.test(arg))) {
    args.push("--port", folder ? String(await freePort()) : "4000");
  }
  const at = args.findIndex((arg) => /^--port(=|$)/.test(arg));
  const device = `http://127.0.0.1:${args[at].split("=")[1] ?? args[at + 1]}`;

  let running; // the program
  let version; // of its file, as it runs
  let building; // the present build
  let page;
  let stopping = false;
  let restarting = true;
  let problem = ""; // what the page shows

  function show(text) {
    problem = beginning(text);
    page?.show(problem);
  }

  async function restart() {
    const fresh = await versionOf(program.file);
    if (running !== undefined && fresh === version) return say("the program is the same as before");
    restarting = true;
    await running?.stop();
    running = undefined;
    if (stopping) return;
    version = fresh;
    const mine = startProgram(program.file, args, (ending) => {
      if (running === mine) running = undefined;
      process.stderr.write(`musubi-dev: ${ending.split("\n")[0]} It is started again when a source is saved.\n`);
      show(ending);
    });
    running = mine;
    restarting = false;
  }

  async function rebuild() {
    const since = performance.now();
    say(`building ${program.name}`);
    const mine = (building = startBuild(build, program.name));
    const complaint = await mine.done;
    if (stopping || building !== mine) return; // a newer one goes on
    building = undefined;
    if (complaint !== "") {
      process.stderr.write(`${complaint}\n`);
      say(`it does not build (${seconds(since)})${running ? "; the last one that did goes on" : ""}`);
      return show(`${program.name} does not build.\n${complaint}`);
    }
    say(`built in ${seconds(since)}`);
    show("");
    await restart();
  }

  // One after the other. A build that is overtaken by a change is given up.
  let queue = Promise.resolve();
  let pending = [];
  function changed(path) {
    if (pending.push(path) > 1) return;
    setTimeout(() => {
      const paths = [...new Set(pending)].map((each) => relative(start, each));
      pending = [];
      if (stopping) return;
      say(`${paths.length > 3 ? `${paths.length} sources` : paths.join(", ")} changed`);
      building?.stop();
      building = undefined;
      queue = queue.then(rebuild);
    }, TOGETHER_MS);
  }

  async function stop(code) {
    if (stopping) return;
    stopping = true;
    building?.stop();
    await Promise.all([running?.stop(), page?.close()]);
    process.exit(code);
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
  process.on("uncaughtException", (error) => {
    process.stderr.write(`musubi-dev: ${error.stack}\n`);
    void stop(1);
  });

  await watchSources(program.sources, changed);
  if (folder) {
    page = await servePage(folder, device, () => restarting);
    page.show(problem);
  }
  queue = queue.then(rebuild);
  await queue;
  say(`${program.name} is at ${device}/`);
  if (page) say(`its page is at ${page.urls.join(" ")}`);
  else if (asked === undefined) say("it has no page in a folder web; give one with --page");
  say("saving a source builds it anew; Ctrl-C ends everything");
}

main().catch((error) => {
  process.stderr.write(`musubi-dev: ${error.message}\n`);
  process.exit(1);
});
