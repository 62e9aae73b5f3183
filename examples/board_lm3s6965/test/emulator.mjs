// The board in QEMU: started, asked for its figures over its serial port, ended.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits until `condition` answers something true, and answers that. */
export async function until(condition, what, milliseconds = 15_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain for ${what}`);
    await pause(20);
  }
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class Emulator {
  static async start(elf) {
    const board = new Emulator();
    board.port = await freePort();
    board.folder = mkdtempSync(join(tmpdir(), "board-"));
    board.process = spawn("scripts/board", ["emulate", String(board.port), elf, board.folder], { stdio: "inherit" });
    await until(() => board.serial().includes("ready"), "the board to start");
    return board;
  }

  #read(name) {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }
  serial() {
    return this.#read("serial.log");
  }
  /** What QEMU noted of accesses that a real part would fault at. */
  errors() {
    return this.#read("errors.log");
  }

  /** { stack, unread, ..., pools: { name: [{ block, used, most, of, failures }] } } */
  figures() {
    return new Promise((done, failed) => {
      let text = "";
      const serial = connect(join(this.folder, "serial"));
      serial.on("error", failed);
      serial.on("connect", () => serial.write("?"));
      serial.on("data", (data) => {
        text += data;
        if (!text.endsWith("end\n")) return;
        serial.destroy();
        done(parse(text));
      });
    });
  }

  async stop() {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

function parse(text) {
  const figures = { pools: {} };
  let pool;
  for (const line of text.trim().split("\n")) {
    const [name, value] = line.trim().split(" ");
    if (line.startsWith("  ")) {
      pool[name] = Number(value);
    } else if (["stack", "unread", "frames_dropped", "end"].includes(name)) {
      figures[name] = Number(value);
      pool = undefined;
    } else {
      pool = { block: Number(value), failures: 0 };
      (figures.pools[name] ??= []).push(pool);
    }
  }
  return figures;
}
