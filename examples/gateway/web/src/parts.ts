import { el, icon, setText, setVariable, type Child } from "./dom.js";
import { duration, type Quantity } from "./format.js";

/** A box with a title; `aside` is to the right of it. */
export function card(className: string, title: string, path: string, aside: Child, ...children: Child[]) {
  const heading = el("h2", "", icon(path), el("span", "", title));
  return el("section", `card ${className}`, el("header", "", heading, aside), ...children);
}

/** A value in large type, its unit in small. */
export class Figure {
  readonly #value = el("span", "value");
  readonly #unit = el("span", "unit");
  readonly root: HTMLElement;

  constructor(className = "figure") {
    this.root = el("span", className, this.#value, this.#unit);
  }
  update([value, unit]: Quantity): void {
    setText(this.#value, value);
    setText(this.#unit, unit);
  }
}

/** The severity of a share: normal, warning or alarm. */
export type Tone = "plain" | "warn" | "alarm";

/** The severity of something that should not fill up. */
export function whenFull(percent: number | null): Tone {
  if (percent === null || percent < 80) return "plain";
  return percent < 92 ? "warn" : "alarm";
}

/** A share of a whole. */
export class Bar {
  readonly root = el("span", "bar", el("i"));

  constructor(className = "") {
    if (className !== "") this.root.classList.add(className);
  }
  update(percent: number | null, tone: Tone = "plain"): void {
    const share = Math.min(100, Math.max(0, percent ?? 0));
    setVariable(this.root, "--share", `${share.toFixed(1)}%`);
    this.root.classList.toggle("warn", tone === "warn");
    this.root.classList.toggle("alarm", tone === "alarm");
  }
}

/** A name and a value below it. */
export class Fact {
  readonly root: HTMLElement;
  readonly #value = el("dd");

  constructor(name: string) {
    this.root = el("div", "fact", el("dt", "", name), this.#value);
  }
  update(value: string | null): void {
    this.root.hidden = value === null;
    setText(this.#value, value ?? "");
  }
}

export function facts(...items: Fact[]): HTMLElement {
  return el("dl", "facts", ...items.map((item) => item.root));
}

/** Rows, for a box that contains nothing else. */
export function factList(...items: Fact[]): HTMLElement {
  return el("dl", "facts list", ...items.map((item) => item.root));
}

/** Marks values of an earlier look, which could not be read at the last one. */
export class Stale {
  readonly root = el("p", "stale-note");

  constructor() {
    this.root.hidden = true;
  }
  update(readings: readonly { stale: boolean; age: number; name?: string }[]): void {
    const stale = readings.filter((reading) => reading.stale);
    this.root.hidden = stale.length === 0;
    const names = stale.map(({ name }) => name).filter((name) => name !== undefined);
    const which = stale.length === readings.length || names.length === 0 ? "" : `${names.join(", ")}: `;
    const oldest = Math.max(...stale.map(({ age }) => age));
    const age = oldest < 1 ? "" : `, ${duration(oldest)} old`;
    setText(this.root, `${which}could not be read, last known values${age}`);
  }
}

/** "3 more are not shown", for a truncated list. */
export class Hidden {
  readonly root = el("p", "hidden-count");

  constructor(
    readonly one: string,
    readonly many: string,
    readonly done = "shown",
  ) {
    this.root.hidden = true;
  }
  update(count: number): void {
    this.root.hidden = count === 0;
    const subject = count === 1 ? `1 more ${this.one} is` : `${count} more ${this.many} are`;
    setText(this.root, `${subject} not ${this.done}`);
  }
}
