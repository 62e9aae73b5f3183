import type { Series } from "./series.js";

/** Draws one chart: converts times and values to points. */
export class Plot {
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly width: number,
    readonly height: number,
    readonly from: number,
    readonly to: number,
    readonly top: number,
  ) {}

  /** The time at an x coordinate. */
  time(x: number): number {
    return this.from + (x / this.width) * (this.to - this.from);
  }

  x(time: number): number {
    return ((time - this.from) / (this.to - this.from)) * this.width;
  }

  #y(value: number, shared: boolean, down: boolean | undefined): number {
    const share = Math.min(value / this.top, 1);
    const room = (shared ? this.height / 2 : this.height) - 1.5;
    const zero = shared ? this.height / 2 : this.height - 0.5;
    return zero + (down ? share * room : -share * room);
  }

  grid(color: string): void {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.beginPath();
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const y = Math.round(share * (this.height - 1)) + 0.5;
      context.moveTo(0, y);
      context.lineTo(this.width, y);
    }
    context.stroke();
  }

  /** `color` is red, green and blue, as in "122 162 255". */
  line(series: Series, color: string, shared: boolean, down: boolean | undefined): void {
    const { context } = this;
    const zero = this.#y(0, shared, down);
    const shade = context.createLinearGradient(0, zero, 0, this.#y(this.top, shared, down));
    shade.addColorStop(0, `rgb(${color} / 0.03)`);
    shade.addColorStop(1, `rgb(${color} / 0.38)`);
    context.lineWidth = 1.75;
    context.lineJoin = "round";
    context.strokeStyle = `rgb(${color})`;
    context.fillStyle = shade;
    for (const run of this.#runs(series)) {
      const path = new Path2D();
      const [only] = run;
      // A single sample between two gaps: a line without length would be invisible.
      if (only !== undefined && run.length === 1) {
        const dot = new Path2D();
        dot.arc(this.x(only[0]), this.#y(only[1], shared, down), 1.75, 0, 2 * Math.PI);
        context.fillStyle = `rgb(${color})`;
        context.fill(dot);
        context.fillStyle = shade;
      }
      run.forEach(([time, value], index) => {
        const y = this.#y(value, shared, down);
        if (index === 0) path.moveTo(this.x(time), y);
        else path.lineTo(this.x(time), y);
      });
      const area = new Path2D(path);
      area.lineTo(this.x(run.at(-1)![0]), zero);
      area.lineTo(this.x(run[0]![0]), zero);
      context.fill(area);
      context.stroke(path);
    }
  }

  /** The visible pieces between gaps. */
  #runs(series: Series): [number, number][][] {
    const runs: [number, number][][] = [];
    let run: [number, number][] = [];
    const begin = Math.max(0, series.firstAt(this.from) - 1);
    for (let i = begin; i <= series.size; i += 1) {
      const value = i < series.size ? series.value(i) : NaN;
      if (!Number.isNaN(value)) run.push([series.time(i), value]);
      else if (run.length > 0) {
        runs.push(run);
        run = [];
      }
    }
    return runs;
  }

  mark(time: number, color: string): void {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(this.x(time), 0);
    context.lineTo(this.x(time), this.height);
    context.stroke();
    context.setLineDash([]);
  }
}
