/** The end of an axis: the next round number of its unit. */

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The smallest round number that is at least `value`, in units of powers of `base` (1000 or 1024). */
export function roundUp(value: number, base: number): number {
  if (!(value > 0)) return 1;
  let unit = 1;
  while (value / unit > base) unit *= base;
  const step = STEPS.find((candidate) => candidate * unit >= value);
  return step === undefined ? base * unit : step * unit;
}
