import { Chart } from "../chart.js";
import { el, setShown, setText, setVariable, ViewList } from "../dom.js";
import { duration, joined, percent } from "../format.js";
import { icons } from "../icons.js";
import { card, Fact, facts, Figure, Hidden, Stale } from "../parts.js";
import type { Past } from "../past.js";
import { Machine, type Overview } from "../stores.js";

type Core = Gateway.Processor["cores"][number];

/** The processor as a whole, and a column for each core. */
export class ProcessorCard {
  readonly root: HTMLElement;
  readonly #busy = new Figure();
  readonly #chart: Chart;
  readonly #grid = el("div", "cores");
  readonly #cores = new ViewList<Core>(this.#grid, (core) => `${core.number}`, coreView);
  readonly #hidden = new Hidden("core", "cores");
  readonly #peak = new Fact("Peak");
  readonly #load = new Fact("Load 1, 5, 15 min");
  readonly #uptime = new Fact("Up for");
  readonly #model = el("p", "sub");
  readonly #stale = new Stale();
  readonly #empty = el("p", "empty", "The machine does not report its processor load.");

  constructor(past: Past) {
    this.#chart = new Chart({
      label: "Processor",
      lines: [{ name: "Busy", series: past.of(Machine.processor), color: "--blue" }],
      format: (value) => percent(value),
      top: 100,
    });
    this.root = card(
      "wide",
      "Processor",
      icons.processor,
      this.#busy.root,
      this.#model,
      this.#chart.root,
      this.#grid,
      this.#hidden.root,
      this.#empty,
      this.#stale.root,
      facts(this.#peak, this.#load, this.#uptime),
    );
  }

  update({ processor, machine, load, uptime, period }: Overview): void {
    const silent = processor.busy === null && processor.cores.length === 0;
    for (const each of [this.#busy.root, this.#chart.root]) setShown(each, !silent);
    setShown(this.#empty, silent);
    this.#busy.update(percent(processor.busy));
    const cores = processor.cores.length + processor.cores_hidden;
    const names = [machine.processor, cores > 0 ? `${cores} ${cores === 1 ? "core" : "cores"}` : null];
    setText(this.#model, names.filter((name) => name !== null).join(" · "));
    const { length } = processor.cores;
    this.#grid.dataset["size"] = length <= 8 ? "few" : length <= 16 ? "some" : "many";
    this.#cores.update(processor.cores);
    this.#hidden.update(processor.cores_hidden);
    this.#peak.update(processor.peak === null ? null : joined(percent(processor.peak)));
    this.#load.update(
      load && [load.one, load.five, load.fifteen].map((value) => value.toFixed(2)).join("  "),
    );
    this.#uptime.update(uptime === null ? null : duration(uptime));
    this.#chart.update(period);
    this.#stale.update(load === null ? [processor] : [processor, load]);
  }
}

function coreView() {
  const level = el("i");
  const name = el("span");
  const root = el("div", "core", el("span", "meter", level), name);
  return {
    root,
    update({ number, busy }: Core): void {
      setText(name, `${number}`);
      setVariable(level, "--share", `${(busy ?? 0).toFixed(0)}%`);
      root.title = `Core ${number}: ${joined(percent(busy))}`;
    },
  };
}
