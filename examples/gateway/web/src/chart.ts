import { el, setAttribute, setShown, setText, setVariable } from "./dom.js";
import { duration, joined, type Quantity } from "./format.js";
import { Plot } from "./plot.js";
import { roundUp } from "./scale.js";
import type { Series } from "./series.js";

export interface Line {
  readonly name: string;
  readonly series: Series;
  /** The custom property of the style sheet with red, green and blue. */
  readonly color: string;
  /** Drawn downwards from the middle, like sent bytes below received ones. */
  readonly mirrored?: boolean;
}

export interface ChartOptions {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly format: (value: number) => Quantity;
  /** The fixed top of the axis; if absent, it follows the values. */
  readonly top?: number;
  /** The base of the units of the axis: 1000 or 1024. */
  readonly base?: number;
  /** The lowest top of an axis that follows the values. */
  readonly least?: number;
}

/** Samples shown, and the shortest time shown in milliseconds. The gateway keeps 600. */
const SAMPLES = 300;
const SHORTEST = 60_000;
/** The longest distance from the pointer to a selected sample, in pixels. */
const REACH = 24;
/** After this many periods without a sample, the right edge is labelled as past. */
const LATE = 3;

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** A chart of the last minutes of some values. It is animated while there is something to move. */
export class Chart {
  readonly root: HTMLElement;
  readonly #options: ChartOptions;
  readonly #canvas = el("canvas");
  readonly #top = el("span", "chart-top");
  readonly #span = el("span", "chart-span");
  readonly #until = el("span", "chart-until");
  readonly #tip = el("output", "chart-tip");
  readonly #mirrored: boolean;
  #period = 1000;
  #height = 1;
  #frame = 0;
  #visible = false;
  #pointer: number | undefined;

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#mirrored = options.lines.some((line) => line.mirrored);
    setAttribute(this.#canvas, "role", "img");
    this.#tip.hidden = true;
    this.root = el("figure", "chart", this.#canvas, this.#top, this.#span, this.#until, this.#tip);
    new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1)?.isIntersecting ?? false;
      this.#ask();
    }).observe(this.root);
    new ResizeObserver(() => this.#ask()).observe(this.root);
    dark.addEventListener("change", this.#ask);
    this.root.addEventListener("pointermove", (event) => this.#point(event.offsetX));
    this.root.addEventListener("pointerdown", (event) => this.#point(event.offsetX));
    this.root.addEventListener("pointerleave", () => this.#point(undefined));
  }

  /** Call when there are new samples. */
  update(period: number): void {
    this.#period = period;
    const parts = this.#options.lines.map(({ name, series }) =>
      Number.isNaN(series.last) ? name : `${name} ${joined(this.#options.format(series.last))}`,
    );
    setAttribute(this.#canvas, "aria-label", `${this.#options.label}: ${parts.join(", ")}`);
    this.#ask();
  }

  #point(x: number | undefined): void {
    this.#pointer = x;
    this.#ask();
  }

  /** Call when the chart is removed. */
  close(): void {
    dark.removeEventListener("change", this.#ask);
    cancelAnimationFrame(this.#frame);
  }

  readonly #ask = (): void => {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  };

  /** The newest time shown. It lags one period behind, so that each sample glides in. */
  #edge(): number {
    const times = this.#options.lines.map(({ series }) => series.lastTime);
    const newest = Math.max(...times.filter((time) => !Number.isNaN(time)));
    if (!Number.isFinite(newest)) return performance.now();
    if (calm.matches) return newest;
    return Math.min(performance.now() - Math.min(this.#period, 2000), newest);
  }

  #draw(): void {
    const box = this.#canvas.getBoundingClientRect();
    const ratio = Math.min(devicePixelRatio, 3);
    const width = Math.round(box.width * ratio);
    const height = Math.round(box.height * ratio);
    if (width === 0 || height === 0) return;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, box.width, box.height);

    const span = Math.max(SHORTEST, SAMPLES * this.#period);
    const edge = this.#edge();
    const target = this.#goal(edge - span);
    // The axis moves gradually, so that a single peak does not make the whole line jump.
    const settled = calm.matches || Math.abs(this.#height - target) < target * 0.004;
    this.#height = settled ? target : this.#height + (target - this.#height) * 0.16;

    const plot = new Plot(context, box.width, box.height, edge - span, edge, this.#height);
    const styles = getComputedStyle(this.root);
    plot.grid(styles.getPropertyValue("--line"));
    for (const line of this.#options.lines) {
      plot.line(line.series, styles.getPropertyValue(line.color), this.#mirrored, line.mirrored);
    }
    setText(this.#top, joined(this.#options.format(target)));
    const past = (performance.now() - edge) / 1000;
    const late = past > Math.max(3, (LATE * this.#period) / 1000);
    setText(this.#span, late ? `${duration(past + span / 1000)} ago` : `${duration(span / 1000)} ago`);
    setText(this.#until, late ? `${duration(past)} ago` : "");
    this.#show(plot, styles);
    const moving = !settled || (!calm.matches && performance.now() - edge < this.#period + 50);
    if (this.#visible && moving) this.#ask();
  }

  #goal(since: number): number {
    const { top, least = 1, base = 1000, lines } = this.#options;
    if (top !== undefined) return top;
    return roundUp(Math.max(least, ...lines.map(({ series }) => series.maximumSince(since))), base);
  }

  #show(plot: Plot, styles: CSSStyleDeclaration): void {
    const [first] = this.#options.lines;
    const x = this.#pointer;
    const index = x === undefined || first === undefined ? -1 : first.series.nearest(plot.time(x));
    const time = index < 0 || first === undefined ? NaN : first.series.time(index);
    const near = Math.abs(plot.x(time) - (x ?? 0)) < REACH;
    setShown(this.#tip, near);
    if (!near) return;
    const ago = (performance.now() - time) / 1000;
    // The values of one look have the same index in every series.
    const parts = this.#options.lines.map(
      ({ name, series }) => `${name} ${joined(this.#options.format(series.value(index)))}`,
    );
    setText(this.#tip, [...parts, ago < 1 ? "now" : `${duration(ago)} ago`].join(" · "));
    plot.mark(time, styles.getPropertyValue("--muted"));
    setVariable(this.#tip, "--at", (plot.x(time) / plot.width).toFixed(3));
  }
}
