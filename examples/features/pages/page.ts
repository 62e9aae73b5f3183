import { connect, memoryStorage, MusubiCommandError, type MusubiConnection } from "@musubi/client";
import { Socket } from "phoenix";

/** The program that serves this page, wherever it is served; also where site data is blocked. */
export function socket(): Socket {
  const path = new URL("socket", document.baseURI).pathname;
  return new Socket(path, { sessionStorage: memoryStorage() });
}
export function open<Stores>(): Promise<MusubiConnection<Stores>> {
  return connect<Stores>(socket());
}

/** An element with these properties and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** A button that sends a command, and shows below the page what the store says against it. */
export function button(text: string, send: () => Promise<unknown>): HTMLButtonElement {
  const onclick = async () => {
    problem.textContent = "";
    try {
      await send();
    } catch (error) {
      problem.textContent = (MusubiCommandError.is(error) && error.code) || "The connection is lost.";
    }
  };
  return el("button", { type: "button", onclick }, text);
}

const problem = el("output", { id: "problem" });
document.body.append(problem);
