const SVG = "http://www.w3.org/2000/svg";
/** So many values are remembered. */
export const KEPT = 40;
const WIDTH = 80;
const HEIGHT = 18;

/** The points of a line through `values`, at least two, in a box with a margin of one. */
export function points(values: readonly number[]): string {
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  const step = (WIDTH - 2) / Math.max(values.length - 1, 9);
  return values
    .map((value, at) => {
      const x = 1 + at * step;
      const y = HEIGHT - 1 - ((value - least) / range) * (HEIGHT - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}

/** The latest changes of a number, as a line; nothing until there are two values. */
export function sparkline(): { root: HTMLElement; add(value: number): void } {
  const values: number[] = [];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "polyline");
  svg.append(line);
  return {
    root: svg as unknown as HTMLElement,
    add(value) {
      if (values.push(value) > KEPT) values.shift();
      if (values.length > 1) line.setAttribute("points", points(values));
    },
  };
}
