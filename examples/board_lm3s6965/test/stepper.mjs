// Uses QEMU's debugging port to let the board run for a tenth of a second, or for a second, of its own clock and then
// stop it. With -icount sleep=off, an idle board skips to its next interrupt, so that hours pass in minutes. Because it
// is stopped in between, it never runs ahead of its clients. The firmware is not aware of this.
import { execFileSync } from "node:child_process";
import { connect } from "node:net";

// functions that run that often, in seconds: the interrupt that steps the plant, and the host's look at its clients
const metronomes = new Map([
  [0.1, /^timer_handler$/],
  [1, /member_job.*host_core5sweepE.*4callE/],
]);

export class Stepper {
  static async open(socket, elf) {
    const stepper = new Stepper();
    stepper.places = places(elf);
    stepper.text = "";
    stepper.tcp = connect(socket);
    stepper.tcp.on("data", (data) => stepper.#take(data.toString("latin1")));
    stepper.tcp.on("error", (error) => stepper.failed?.(error));
    await stepper.#ask("QStartNoAckMode");
    stepper.tcp.write("+");
    return stepper;
  }

  /** Lets the board run for `seconds`, 0.1 or 1; returns for how long it ran at least. */
  async run(seconds) {
    if (this.running) throw new Error("it runs already: wait for one thing at a time");
    this.running = true;
    const from = this.held;
    if (from !== seconds) {
      if (from !== undefined) await this.#ask(`z0,${this.places.get(from)},2`);
      await this.#ask(`Z0,${this.places.get(seconds)},2`);
      this.held = seconds;
    }
    await this.#ask("s"); // off the place where it was held; a single step is not held
    const why = await this.#ask("c");
    if (!why.startsWith("T05")) throw new Error(`the board stopped: ${why}`);
    this.running = false;
    return from === seconds ? seconds : 0; // from one place to the other is a part of that time
  }

  #ask(what) {
    let sum = 0;
    for (const letter of what) sum = (sum + letter.charCodeAt(0)) & 0xff;
    this.tcp.write(`$${what}#${sum.toString(16).padStart(2, "0")}`);
    return new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error("the board does not come round any more")), 60_000);
      this.failed = failed;
      this.answered = (answer) => {
        clearTimeout(late);
        done(answer);
      };
    });
  }
  #take(text) {
    this.text += text;
    const packet = /^\+*\$([^#]*)#../.exec(this.text);
    if (packet === null) return;
    this.text = this.text.slice(packet[0].length);
    this.answered(packet[1]);
  }
}

function places(elf) {
  const found = new Map();
  for (const line of execFileSync(`${process.env.BOARD_TOOLS}-nm`, [elf], { encoding: "utf8" }).split("\n")) {
    const [address, , name] = line.split(" ");
    for (const [seconds, names] of metronomes) {
      if (names.test(name)) found.set(seconds, (parseInt(address, 16) & ~1).toString(16));
    }
  }
  for (const seconds of metronomes.keys()) {
    if (!found.has(seconds)) throw new Error(`${elf} has no function that runs each ${seconds} s`);
  }
  return found;
}
