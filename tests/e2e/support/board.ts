import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.js";
import { freePorts } from "./free_ports.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export type BoardName = "lm3s6965" | "mps2_an385";

/** Builds the firmware of a board, which may take minutes, and returns where it is. */
export function buildFirmware(board: BoardName): string {
  execFileSync("scripts/board", ["--board", board, "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return join(root, `build/board-${board}-4/firmware.elf`);
}

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** A thermostat's board in QEMU. */
export class Board {
  readonly port: number;
  readonly #name: BoardName;
  readonly #firmware: string;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(name: BoardName, firmware: string, port: number) {
    this.#name = name;
    this.#firmware = firmware;
    this.port = port;
    this.#folder = mkdtempSync(join(tmpdir(), "board-e2e-"));
  }

  static async start(name: BoardName, firmware: string): Promise<Board> {
    const [port = 0] = await freePorts(1);
    const board = new Board(name, firmware, port);
    await board.switchOn();
    return board;
  }

  /** Resolves when it serves. */
  async switchOn(): Promise<void> {
    const words = ["--board", this.#name, "emulate", `${this.port}`, this.#firmware, this.#folder];
    const child = spawn("scripts/board", words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    this.#child = child;
    running.add(child);
    child.on("exit", () => running.delete(child));
    await eventually(() => {
      if (!readFileSync(join(this.#folder, "serial.log"), "utf8").includes("ready")) throw new Error("not ready");
    });
  }

  /** Cuts its power. */
  async switchOff(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.on("exit", done));
    child.kill("SIGKILL");
    await ended;
  }

  async remove(): Promise<void> {
    await this.switchOff();
    rmSync(this.#folder, { recursive: true });
  }
}
