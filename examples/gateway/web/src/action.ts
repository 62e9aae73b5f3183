import { explain } from "./command.js";
import { el, icon, setAttribute, setShown, setText } from "./dom.js";

/** A button that sends a command, with what went wrong below it. */
export class Action {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #text = el("span");
  readonly #note = el("p", "field-note wrong");

  constructor(text: string, path: string, send: () => Promise<unknown>, className = "button") {
    this.button = el("button", className, icon(path), this.#text);
    this.button.type = "button";
    setText(this.#text, text);
    setAttribute(this.#note, "role", "status");
    this.#note.hidden = true;
    this.root = el("div", "action", this.button, this.#note);
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
      setShown(this.#note, false);
    } catch (error) {
      setText(this.#note, explain(error));
      setShown(this.#note, true);
    } finally {
      this.button.disabled = false;
    }
  }
}
