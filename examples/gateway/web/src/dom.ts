/** Helpers to build a page once, and then to change only what differs. */

export type Child = Node | string | null | undefined;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className !== "") node.className = className;
  for (const child of children) if (child != null) node.append(child);
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon from its path, drawn in a box of 20 by 20 in the color of the surrounding text. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setShown(node: HTMLElement, shown: boolean): void {
  if (node.hidden === shown) node.hidden = !shown;
}

export function setAttribute(node: Element, name: string, value: string | null): void {
  if (node.getAttribute(name) === value) return;
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

/** Sets a custom property for the style sheet, such as the share that a bar shows. */
export function setVariable(node: HTMLElement, name: string, value: string): void {
  if (node.style.getPropertyValue(name) !== value) node.style.setProperty(name, value);
}

/** Something on the page that shows a value. */
export interface View<T> {
  readonly root: HTMLElement;
  update(value: T): void;
}

/** One view for each item, kept as long as an item with that key exists. */
export class ViewList<T> {
  readonly #container: HTMLElement;
  readonly #key: (item: T) => string;
  readonly #create: (item: T) => View<T>;
  #views = new Map<string, View<T>>();

  constructor(container: HTMLElement, key: (item: T) => string, create: (item: T) => View<T>) {
    this.#container = container;
    this.#key = key;
    this.#create = create;
  }

  update(items: readonly T[]): void {
    const views = new Map<string, View<T>>();
    let place = this.#container.firstElementChild;
    for (const item of items) {
      const key = this.#key(item);
      const view = this.#views.get(key) ?? this.#create(item);
      view.update(item);
      views.set(key, view);
      if (place === view.root) place = place.nextElementSibling;
      else this.#container.insertBefore(view.root, place);
    }
    for (const [key, view] of this.#views) if (!views.has(key)) view.root.remove();
    this.#views = views;
  }
}
