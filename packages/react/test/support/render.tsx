import * as React from "react";
import { createRoot } from "react-dom/client";
import { afterEach } from "vitest";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

// React 19 has it itself; React 18.2 has it here.
type Act = (work: () => Promise<void>) => Promise<void>;
const { act: own } = React as unknown as { act?: Act };
const old = async (): Promise<Act> => (await import("react-dom/test-utils")).act as unknown as Act;
/** Does something and lets React finish what came of it. */
export const act: Act = own ?? (await old());

export interface Shown {
  readonly container: Element;
  readonly text: string;
  /** Shows another element in the place of the first. */
  change(element: React.ReactNode): Promise<void>;
  remove(): Promise<void>;
}

const open = new Set<Shown>();
afterEach(async () => {
  for (const shown of open) await shown.remove();
});

/** Renders an element, to the end of everything that needs no answer from outside. */
export async function show(element: React.ReactNode): Promise<Shown> {
  const container = document.createElement("div");
  const root = createRoot(container);
  const shown: Shown = {
    container,
    get text() {
      // What Suspense hides while it shows a fallback is still in the document.
      const visible = Array.from(container.childNodes).filter(
        (node) => (node as HTMLElement).style?.display !== "none",
      );
      return visible.map((node) => node.textContent).join("");
    },
    change: (next) => act(async () => root.render(next)),
    remove: async () => {
      if (open.delete(shown)) await act(async () => root.unmount());
    },
  };
  open.add(shown);
  await shown.change(element);
  return shown;
}

/** Shows what its children throw. */
export class Boundary extends React.Component<{ children: React.ReactNode }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): React.ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <button onClick={() => this.setState({ error: null })}>{error.message}</button>;
  }
}
