import text from "../../../tests/typescript/everything.json";
import { useSchema, type Schema } from "../src/schema.js";

/** The schema of stores that use everything, as the compiler wrote it. */
export const everything = text as unknown as Schema;
useSchema(everything);

export const page = everything.stores["Everything.Stores.Page"]!;
export const payload = (command: string) => page.commands[command]!.payload;

/** The control with this label. */
export function labelled(root: HTMLElement, name: string): any {
  const label = [...root.querySelectorAll("label")].find((each) => each.textContent === name);
  if (label === undefined) throw new Error(`no label "${name}" in ${root.textContent}`);
  return root.querySelector(`#${label.htmlFor}`);
}

export function click(root: HTMLElement, name: string): void {
  const button = [...root.querySelectorAll("button")].find((each) => each.textContent === name);
  if (button === undefined) throw new Error(`no button "${name}"`);
  button.click();
}

/** Checks or unchecks a box, as a person would. */
export function check(root: HTMLElement, name: string, checked = true): void {
  const box = labelled(root, name);
  box.checked = checked;
  box.dispatchEvent(new Event("change"));
}

/** What a person can see of the complaints. */
export const complaints = (root: HTMLElement): string[] =>
  [...root.querySelectorAll(".note")].map((each) => each.textContent ?? "").filter((each) => each !== "");
