/** Creates an element with these properties and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Creates a small button; `label` describes it to screen readers. */
export function button(text: string, label: string, press: () => unknown): HTMLButtonElement {
  return el("button", { type: "button", ariaLabel: label, onclick: () => void press() }, text);
}

/** Formats bytes for people. */
export function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  while (bytes >= 999.5 && unit < units.length - 1) {
    bytes /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || bytes >= 99.5 ? 0 : 1;
  return `${Number(bytes.toFixed(digits))} ${units[unit]}`;
}
