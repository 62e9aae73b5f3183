// Starts and stops the board in QEMU, and reads its metrics over its serial port.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stepper } from "./stepper.mjs";
import { Wire } from "./wire.mjs";

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
/** Lets sockets get their turn. */
const turn = () => new Promise((done) => setImmediate(() => setImmediate(done)));

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** What QEMU logs before the first instruction of any program: it reads the vectors, at first not as Secure. */
const before_start = {
  mps2_an505: [0x10000000, 0x10000004]
    .map((address) => `Invalid read at addr 0x${address.toString(16)}, size 4, region '(null)', reason: rejected\n`)
    .join(""),
};

export class Emulator {
  /**
   * wire: its frames pass through this process, see wire.mjs. stepped: it and its clock run only in `run`, `until` and
   * `wait`, see stepper.mjs; otherwise its clock is the real one. serves: the port of the board that is forwarded.
   * broker: the port of the broker that it reaches. metrics: the firmware tells them on its serial port.
   */
  static async start(elf, { wire = false, stepped = false, serves = 80, broker = "", metrics = true } = {}) {
    if (process.env.BOARD === "riscv32_virt") stepped = false; // QEMU's RISC-V does not go on after a single step
    const board = new Emulator();
    board.serves = serves;
    board.seconds = 0; // of its clock, when stepped
    board.port = await freePort();
    board.folder = mkdtempSync(join(tmpdir(), "board-"));
    try {
      await board.#boot(elf, wire, stepped, String(broker), metrics);
    } catch (error) {
      await board.stop();
      throw error;
    }
    return board;
  }
  async #boot(elf, wire, stepped, broker, metrics) {
    if (wire) this.wire = await Wire.open(this.folder);
    const options = ["-qmp", `unix:${this.folder}/control,server=on,wait=off`];
    if (stepped) {
      options.push("-icount", "shift=5,sleep=off", "-S", "-gdb", "chardev:debugger", "-chardev");
      options.push(`socket,id=debugger,path=${this.folder}/debugger,server=on,wait=off`);
    }
    const log = openSync(join(this.folder, "qemu.log"), "w");
    const network = wire ? "wire" : "direct";
    this.process = spawn("scripts/board", ["emulate", `${this.port}:${this.serves}`, elf, this.folder, network, ...options], {
      stdio: ["ignore", log, log],
      env: { ...process.env, BOARD_BROKER: broker },
    });
    this.process.once("exit", (code) => (this.exited = code ?? "killed"));
    if (stepped) {
      const socket = join(this.folder, "debugger");
      await this.#really(() => existsSync(socket), "QEMU to start");
      this.stepper = await Stepper.open(socket, elf);
    }
    await this.until(() => this.serial().includes("ready"), "the board to start");
    if (!metrics) return;
    await this.run(1);
    this.rest = used(await this.metrics());
  }

  /** Lets it run for at least `seconds` of its clock. */
  async run(seconds) {
    if (this.stepper === undefined) return pause(seconds * 1000);
    for (const end = this.seconds + seconds - 0.01; this.seconds < end; ) {
      this.seconds += await this.stepper.run(end - this.seconds >= 5 ? 1 : 0.1);
      await turn();
      this.wire?.advance(this.seconds);
    }
  }
  /**
   * Lets it run until `condition` returns something true, and returns that. An idle board skips half a minute in a second,
   * in which a broker or a browser may not have come to its turn: such long times are also at least 15 s of the clock on
   * the wall. Shorter ones are what is tested.
   */
  async until(condition, what, seconds = 30) {
    if (this.stepper === undefined) return this.#really(condition, what, seconds);
    const begun = Date.now();
    for (let left = seconds * 10; ; --left) {
      const answer = await condition();
      if (answer) return answer;
      if (left <= 0) {
        if (seconds < 30 || Date.now() - begun > 15_000) {
          throw new Error(`waited ${seconds} s of the board's time in vain for ${what}`);
        }
        await pause(50);
      }
      await this.run(0.1);
    }
  }
  /** Lets it run until `promise` is fulfilled, and returns its value. */
  async wait(promise, seconds = 30) {
    if (this.stepper === undefined) return promise;
    let over = false;
    promise.then(
      () => (over = true),
      () => (over = true),
    );
    await this.until(() => over, "an answer", seconds);
    return promise;
  }
  async #really(condition, what, seconds = 15) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await condition();
      if (answer) return answer;
      if (this.exited !== undefined) throw new Error(`QEMU ended (${this.exited}): ${this.#read("qemu.log")}`);
      if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`);
      await pause(20);
    }
  }

  #read(name) {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }
  serial() {
    return this.#read("serial.log");
  }
  /** QEMU's log of accesses that would fault on a real part. */
  errors() {
    const log = this.#read("errors.log");
    const known = before_start[process.env.BOARD] ?? "";
    return log.startsWith(known) ? log.slice(known.length) : log;
  }

  /** Types at its serial port; returns the connection to it. */
  type(text) {
    const serial = connect(join(this.folder, "serial"));
    serial.write(text);
    return serial;
  }
  /** { stack, closed_stalled, unread, frames_dropped, and so on, pools: { name: [{ block, used, most, of, failures }] } } */
  async metrics() {
    let text = "";
    const serial = this.type("?");
    serial.on("data", (data) => (text += data));
    await this.until(() => text.includes("end\n"), "the metrics");
    serial.destroy();
    return parse(text.slice(0, text.indexOf("end\n")).replace(/^broker: .*\n/gm, ""));
  }
  /** Waits until every pool is as empty as after the start. */
  settled(seconds = 90) {
    return this.until(
      async () => {
        const now = used(await this.metrics());
        return Object.keys(now).every((name) => now[name] === this.rest[name]);
      },
      "the pools to return to where they were",
      seconds,
    );
  }

  /** Unplugs the cable (false) or plugs it in (true), in QEMU's model of the controller. */
  link(up) {
    return this.#control("set_link", { name: "board", up });
  }
  /** Resets the machine at once, wherever its program is. */
  reset() {
    return this.#control("system_reset");
  }
  async #control(execute, more) {
    const control = connect(join(this.folder, "control"));
    const ask = (execute, more) => control.write(JSON.stringify({ execute, arguments: more }) + "\n");
    ask("qmp_capabilities");
    ask(execute, more);
    let text = "";
    control.on("data", (data) => (text += data));
    await this.#really(() => text.split('"return"').length === 3, `QEMU to do ${execute}: ${text}`);
    control.destroy();
  }

  async stop() {
    if (this.process !== undefined && this.exited === undefined) {
      const ended = new Promise((done) => this.process.once("exit", done));
      this.process.kill("SIGKILL");
      await ended;
    }
    rmSync(this.folder, { recursive: true });
  }
}

function used({ pools }) {
  const sums = {};
  for (const [name, classes] of Object.entries(pools)) sums[name] = classes.reduce((sum, each) => sum + each.used, 0);
  return sums;
}

/** What is counted, other than the places in a pool. */
const is_count = /^(stack|unread|gave_way|frames_dropped|closed_.*|tls_failed_.*|tls_handshaken|.*_(refused|full|too_long|timeouts))$/;

function parse(text) {
  const metrics = { pools: {} };
  let pool;
  for (const line of text.trim().split("\n")) {
    const [name, value] = line.trim().split(" ");
    if (line.startsWith("  ")) {
      pool[name] = Number(value);
    } else if (is_count.test(name)) {
      metrics[name] = Number(value);
      pool = undefined;
    } else {
      pool = { block: Number(value), failures: 0 };
      (metrics.pools[name] ??= []).push(pool);
    }
  }
  return metrics;
}
