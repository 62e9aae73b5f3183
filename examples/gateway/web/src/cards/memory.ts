import { Chart } from "../chart.js";
import { el, setShown, setText } from "../dom.js";
import { bytes, joined } from "../format.js";
import { icons } from "../icons.js";
import { Bar, card, Fact, facts, Figure, whenFull, Stale } from "../parts.js";
import type { Past } from "../past.js";
import { Machine, type Overview } from "../stores.js";

/** Memory and swap. */
export class MemoryCard {
  readonly root: HTMLElement;
  readonly #used = new Figure();
  readonly #sub = el("p", "sub");
  readonly #stale = new Stale();
  readonly #chart: Chart;
  readonly #bar = new Bar("teal");
  readonly #available = new Fact("Available");
  readonly #cached = new Fact("Cached files");
  readonly #swap = new Fact("Swap");
  readonly #facts = facts(this.#available, this.#cached, this.#swap);
  readonly #empty = el("p", "empty", "The machine does not report its memory.");

  constructor(past: Past) {
    this.#chart = new Chart({
      label: "Memory",
      lines: [{ name: "Used", series: past.of(Machine.memory), color: "--teal" }],
      format: bytes,
      base: 1024,
      least: 64 * 1024 * 1024,
    });
    this.root = card(
      "",
      "Memory",
      icons.memory,
      this.#used.root,
      this.#sub,
      this.#chart.root,
      this.#bar.root,
      this.#facts,
      this.#stale.root,
      this.#empty,
    );
  }

  update({ memory, period }: Overview): void {
    const known = [this.#used.root, this.#sub, this.#bar.root, this.#chart.root, this.#facts];
    for (const each of known) setShown(each, memory !== null);
    setShown(this.#empty, memory === null);
    this.#stale.update(memory === null ? [] : [memory]);
    if (memory === null) return;
    this.#used.update(bytes(memory.used));
    setText(this.#sub, `used of ${joined(bytes(memory.total))}`);
    const used = (100 * memory.used) / memory.total;
    this.#bar.update(used, whenFull(used));
    this.#available.update(joined(bytes(memory.available)));
    this.#cached.update(joined(bytes(memory.cached)));
    this.#swap.update(swapText(memory));
    this.#chart.update(period);
  }
}

function swapText({ swap }: Gateway.Memory): string {
  if (swap === null) return "none";
  return `${joined(bytes(swap.used))} of ${joined(bytes(swap.total))}`;
}
