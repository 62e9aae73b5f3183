import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { onText } from "./text.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder =
  process.env["MUSUBI_BIN"] ?? join(process.env["MUSUBI_BUILD"] ?? "build/gcc-release", "bin");
/** What runs the programs of another architecture, as in "qemu-mips-static -L /usr/mips-linux-gnu". */
const emulator = (process.env["MUSUBI_EMULATOR"] ?? "").split(" ").filter((word) => word !== "");

/** Where a program of the build is. */
export function path(name: string): string {
  const file = resolve(root, folder, name);
  if (!existsSync(file)) throw new Error(`${file} is not built; tests/e2e/run builds it`);
  return file;
}

function commandLine(name: string, args: string[]): [command: string, ...words: string[]] {
  const file = path(name);
  const [command = file, ...words] = [...emulator, file, ...args];
  return [command, ...words];
}

/** What a program of the build prints until it ends; throws if it does not end well. */
export function output(name: string, args: string[]): string {
  const [command, ...words] = commandLine(name, args);
  return execFileSync(command, words, { encoding: "utf8", maxBuffer: 2 ** 28 });
}

/** How a program of the build ends that is not meant to listen, and what it says about it. */
export function ending(name: string, args: string[]): { code: number | null; said: string } {
  const [command, ...words] = commandLine(name, args);
  const { status, stderr } = spawnSync(command, words, { encoding: "utf8", timeout: 30_000 });
  return { code: status, said: stderr };
}

/** Everything that a program of the build prints, ended in order once `until` is in it. */
export function everythingSaid(name: string, args: string[], until: RegExp, env = {}): Promise<string> {
  const [command, ...words] = commandLine(name, args);
  const child = spawn(command, words, { env: { ...process.env, ...env } });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    onText(stream, (text) => {
      said += text;
      if (until.test(said)) child.kill("SIGTERM");
    });
  }
  return new Promise((told, failed) => {
    child.on("error", failed);
    child.on("close", () => {
      running.delete(child);
      told(said);
    });
  });
}

/** What still runs when the tests end, however they end. */
const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** How a program tells the port that it got. */
export const listening = /listening on https?:\/\/127\.0\.0\.1:(\d+)\/\n/;

/** A program of the build, listening on a port of its own choice. */
export class Program {
  readonly exited: Promise<Exit>;
  readonly port: number;
  /** Whether it speaks TLS. */
  readonly secure: boolean;
  /** Everything that it has printed so far. */
  readonly said: () => string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, secure: boolean, exited: Promise<Exit>, said: () => string) {
    this.#child = child;
    this.said = said;
    this.port = port;
    this.secure = secure;
    this.exited = exited;
  }

  /** Starts it; `listening` finds the port in what it prints. */
  static start(name: string, args: string[], listening: RegExp, env = {}): Promise<Program> {
    const [command, ...words] = commandLine(name, args);
    const child = spawn(command, words, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    running.add(child);
    return new Promise((started, failed) => {
      const exited = new Promise<Exit>((ended) =>
        child.on("exit", (code, signal) => {
          running.delete(child);
          failed(new Error(`${name} ended with ${code ?? signal} before it listened: ${printed}`));
          ended({ code, signal });
        }),
      );
      let printed = "";
      let listens = false;
      const hear = (text: string) => {
        printed += text;
        if (listens) return void process.stderr.write(text);
        const found = listening.exec(printed);
        listens = found !== null;
        if (found) started(new Program(child, Number(found[1]), found[0].includes("https://"), exited, () => printed));
      };
      onText(child.stdout, hear);
      onText(child.stderr, hear);
      child.on("error", failed);
    });
  }

  /** `ws://` or `http://`, or `wss://` or `https://` if it speaks TLS, followed by the address. */
  url(scheme: "http" | "ws", path = ""): string {
    return `${scheme}${this.secure ? "s" : ""}://127.0.0.1:${this.port}${path}`;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** SIGTERM ends it in order, SIGKILL without a word. */
  stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<Exit> {
    this.#child.kill(signal);
    return this.exited;
  }
}

/** The server of tests/conformance; options as on its command line. */
export function conformanceServer(
  options: Record<string, number | string> = {},
): Promise<Program> {
  const args = Object.entries({ port: 0, ...options }).flatMap(([k, v]) => [`--${k}`, `${v}`]);
  return Program.start("conformance_server", args, listening);
}
