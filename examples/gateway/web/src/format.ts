/** Formats values for people. Unknown values are a dash. */

export const NOTHING = "–";

/** A number and its unit, separate because they are shown in different sizes. */
export type Quantity = readonly [value: string, unit: string];

const WIDE = "\u202f"; // a narrow space that does not break

export const joined = ([value, unit]: Quantity): string =>
  unit === "" ? value : `${value}${WIDE}${unit}`;

/** Three digits: more cannot be read while a value changes. */
function digits(value: number): string {
  if (value >= 99.95) return Math.round(value).toString();
  return value.toFixed(value >= 9.995 ? 1 : 2);
}

function scaled(value: number, base: number, units: readonly string[]): Quantity {
  let index = 0;
  // 999.6 is shown as 1.00 of the next unit, not as 1000.
  while (index < units.length - 1 && value >= base - 0.5) {
    value /= base;
    index += 1;
  }
  return [index === 0 ? Math.round(value).toString() : digits(value), units[index] ?? ""];
}

export function bytes(value: number | null): Quantity {
  if (value === null) return [NOTHING, ""];
  return scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);
}

export function byteRate(value: number | null): Quantity {
  const [number, unit] = bytes(value);
  return [number, unit === "" ? "" : `${unit}/s`];
}

/** Formats bytes per second as bits per second, the usual unit of networks. */
export function bitRate(value: number | null): Quantity {
  if (value === null) return [NOTHING, ""];
  return scaled(value * 8, 1000, ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"]);
}

export function linkSpeed(megabits: number): string {
  return megabits >= 1000 ? `${megabits / 1000}${WIDE}Gbit/s` : `${megabits}${WIDE}Mbit/s`;
}

export function percent(value: number | null): Quantity {
  if (value === null) return [NOTHING, ""];
  return [value >= 99.95 ? "100" : value.toFixed(1), "%"];
}

export function count(value: number): string {
  return value.toLocaleString("en").replaceAll(",", WIDE);
}

/** The two largest parts of a time: "3 d 4 h", "12 s". */
export function duration(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ];
  const whole = Math.max(0, Math.floor(seconds));
  const first = parts.findIndex(([size]) => whole >= size);
  if (first === -1) return `0${WIDE}s`;
  const shown: string[] = [];
  let rest = whole;
  for (const [size, unit] of parts.slice(first, first + 2)) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) shown.push(`${amount}${WIDE}${unit}`);
  }
  return shown.join(" ");
}

/** A sampling period: "100 ms", "1 s", "2.5 s". */
export function period(milliseconds: number): string {
  return milliseconds < 1000
    ? `${milliseconds}${WIDE}ms`
    : `${Number((milliseconds / 1000).toFixed(2))}${WIDE}s`;
}

export function clockTime(date: Date): string {
  return date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}
