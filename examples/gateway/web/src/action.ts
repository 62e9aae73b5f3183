import { explain } from "./command.js";
import { el, icon, setText } from "./dom.js";
import { Note } from "./notes.js";

/** A button that sends a command, and an error message below it. */
export class Action {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #text = el("span");
  readonly #note = new Note();

  constructor(text: string, path: string, send: () => Promise<unknown>, className = "button") {
    this.button = el("button", className, icon(path), this.#text);
    this.button.type = "button";
    setText(this.#text, text);
    this.root = el("div", "action", this.button, this.#note.root);
    this.button.addEventListener("click", () => void this.#send(send));
  }

  update(text: string, path: string): void {
    if (this.#text.textContent === text) return;
    setText(this.#text, text);
    this.button.querySelector("path")?.setAttribute("d", path);
  }

  async #send(send: () => Promise<unknown>): Promise<void> {
    if (this.button.disabled) return;
    this.button.disabled = true;
    try {
      await send();
      this.#note.clear();
    } catch (error) {
      this.#note.complain(explain(error));
    } finally {
      this.button.disabled = false;
    }
  }
}
