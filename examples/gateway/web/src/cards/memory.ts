import { Chart } from "../chart.js";
import { el, setText } from "../dom.js";
import { bytes, joined } from "../format.js";
import type { History } from "../history.js";
import { icons } from "../icons.js";
import { Bar, card, Fact, facts, Figure } from "../parts.js";
import type { Memory, Overview } from "../stores.js";

/** Memory and swap. */
export class MemoryCard {
  readonly root: HTMLElement;
  readonly #used = new Figure();
  readonly #sub = el("p", "sub");
  readonly #chart: Chart;
  readonly #bar = new Bar("teal");
  readonly #available = new Fact("Available");
  readonly #cached = new Fact("Cached files");
  readonly #swap = new Fact("Swap");

  constructor(history: History) {
    this.#chart = new Chart({
      label: "Memory",
      lines: [{ name: "Used", series: history.memory, color: "--teal" }],
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
      facts(this.#available, this.#cached, this.#swap),
    );
  }

  update({ memory, period }: Overview): void {
    this.#used.update(bytes(memory?.used ?? null));
    setText(this.#sub, memory === null ? "The machine does not tell." : `used of ${joined(bytes(memory.total))}`);
    this.#bar.root.hidden = memory === null;
    this.#chart.root.hidden = memory === null;
    if (memory === null) return;
    this.#bar.update((100 * memory.used) / memory.total);
    this.#available.update(joined(bytes(memory.available)));
    this.#cached.update(joined(bytes(memory.cached)));
    this.#swap.update(swapText(memory));
    this.#chart.update(period);
  }
}

function swapText({ swap }: Memory): string {
  if (swap === null) return "none";
  return `${joined(bytes(swap.used))} of ${joined(bytes(swap.total))}`;
}
