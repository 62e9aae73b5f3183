import { el, setShown, setText, ViewList } from "../dom.js";
import { bytes, count, joined, percent } from "../format.js";
import { icons } from "../icons.js";
import { Bar, card, Hidden, Stale } from "../parts.js";
import type { Overview } from "../stores.js";

type Process = Gateway.Processes["busiest"][number];

/** The processes that keep the processor busy. */
export class ProcessesCard {
  readonly root: HTMLElement;
  readonly #total = el("span", "muted");
  readonly #body = el("tbody");
  readonly #rows = new ViewList<Process>(this.#body, ({ pid }) => `${pid}`, row);
  readonly #hidden = new Hidden("process", "processes", "watched");
  readonly #stale = new Stale();
  readonly #empty = el("p", "empty", "The machine does not report its processes.");
  readonly #table: HTMLTableElement;

  constructor() {
    const heads = ["Process", "PID", "Memory", "CPU"].map((title, index) => {
      const head = el("th", index === 0 ? "" : "number", title);
      head.scope = "col";
      return head;
    });
    this.#table = el("table", "", el("thead", "", el("tr", "", ...heads)), this.#body);
    this.root = card("wide processes", "Processes", icons.tasks, this.#total, this.#table, this.#hidden.root, this.#stale.root, this.#empty);
  }

  update({ processes }: Overview): void {
    setText(this.#total, processes.total === 0 ? "" : `${count(processes.total)} running`);
    setShown(this.#table, processes.total > 0);
    setShown(this.#empty, processes.total === 0);
    this.#rows.update(processes.busiest);
    this.#hidden.update(processes.unwatched);
    this.#stale.update([processes]);
  }
}

function row({ pid }: Process) {
  const name = el("td", "name");
  const memory = el("td", "number");
  const busy = el("span");
  const bar = new Bar("blue");
  return {
    root: el("tr", "", name, el("td", "number muted", `${pid}`), memory, el("td", "number busy", busy, bar.root)),
    update(process: Process): void {
      setText(name, process.name);
      setText(memory, joined(bytes(process.memory)));
      setText(busy, joined(percent(process.busy)));
      bar.update(process.busy);
    },
  };
}
