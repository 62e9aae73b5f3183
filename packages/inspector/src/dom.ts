/** Helpers to build a page once, and then to change only what differs. */

type Props = Record<string, unknown>;
type Child = Node | string | false | undefined;

/** An element; a property with a hyphen, `role` or `for` is an attribute, all others are properties. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined) continue;
    if (/-|^(role|for|list)$/.test(name)) made.setAttribute(name, String(value));
    else (made as unknown as Props)[name] = value;
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

let count = 0;
export const freshId = (): string => `i${++count}`;

export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Something on the page that shows a value. */
export interface View {
  readonly root: HTMLElement;
  update(value: any): void;
  /** Lets go of what it listens to. */
  close?(): void;
}

/** One view for each key, kept as long as there is a value with that key. */
export class Views {
  readonly #container: HTMLElement;
  readonly #create: (key: string) => View;
  #views = new Map<string, View>();

  constructor(container: HTMLElement, create: (key: string) => View) {
    this.#container = container;
    this.#create = create;
  }

  update(entries: Iterable<readonly [key: string, value: unknown]>): void {
    const views = new Map<string, View>();
    let place = this.#container.firstElementChild;
    for (const [key, value] of entries) {
      const view = this.#views.get(key) ?? this.#create(key);
      view.update(value);
      views.set(key, view);
      if (place === view.root) place = place.nextElementSibling;
      else this.#container.insertBefore(view.root, place);
    }
    for (const [key, view] of this.#views) {
      if (views.has(key)) continue;
      view.root.remove();
      view.close?.();
    }
    this.#views = views;
  }

  close(): void {
    for (const view of this.#views.values()) view.close?.();
  }
}
