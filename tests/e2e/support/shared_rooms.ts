import { spawn, type ChildProcess } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "./eventually.js";
import { freePorts } from "./free_ports.js";
import { path } from "./program.js";
import { onText } from "./text.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What `scripts/demo chat_room --broker` runs; each is started again five seconds after it was killed. */
export type Part = "mosquitto" | "kitchen" | "cellar";

/** Mosquitto and two chat rooms that share everything over it, as `scripts/demo chat_room --broker` starts them. */
export class SharedRooms {
  readonly #demo: ChildProcess;
  readonly #ports: number[];
  #said = "";

  private constructor(ports: number[]) {
    this.#ports = ports;
    this.#demo = spawn("scripts/demo", ["chat_room", "--broker", "--ports", ports.join()], {
      cwd: root,
      env: { ...process.env, MUSUBI_BIN: dirname(path("chat_room")) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#demo.stdout, this.#demo.stderr]) {
      onText(stream, (text) => (this.#said += text));
    }
  }

  static async start(): Promise<SharedRooms> {
    const rooms = new SharedRooms(await freePorts(3));
    process.once("exit", () => rooms.#demo.kill("SIGTERM")); // it ends what it has started
    try {
      await eventually(() => {
        if (rooms.#said.split("connected to 127.0.0.1").length !== 3) throw new Error(rooms.#said);
      });
    } catch (error) {
      await rooms.stop();
      throw error;
    }
    return rooms;
  }

  /** The page of one of them. */
  url(room: "kitchen" | "cellar"): string {
    return `http://127.0.0.1:${this.#ports[room === "kitchen" ? 1 : 2]}/`;
  }

  /** Ends one of them without a word, as a power failure does. */
  kill(part: Part): void {
    const started = [...this.#said.matchAll(new RegExp(`^demo: ${part}.* is process (\\d+)$`, "gm"))];
    process.kill(Number(started.at(-1)![1]), "SIGKILL");
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#demo.once("exit", done));
    if (this.#demo.exitCode === null && this.#demo.signalCode === null && this.#demo.kill("SIGTERM")) await ended;
  }
}
