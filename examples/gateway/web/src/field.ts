import { explain } from "./command.js";
import { el, setAttribute, setShown } from "./dom.js";
import { Note } from "./notes.js";

export interface FieldOptions {
  readonly label: string;
  readonly unit?: string;
  readonly action: string;
  readonly inputMode?: "text" | "numeric";
  /** Shows its button even if nothing was typed. */
  readonly open?: boolean;
  /** Sends the text; the reason of a rejection is shown beside the field. */
  readonly send: (text: string) => Promise<unknown>;
}

let count = 0;

/**
 * An editable value of the gateway. While it is being edited, values from the gateway do not replace
 * the text; a change made elsewhere is only mentioned.
 */
export class Field {
  readonly root: HTMLFormElement;
  readonly #options: FieldOptions;
  readonly #input = el("input", "field-input");
  readonly #submit = el("button", "button primary");
  readonly #cancel = el("button", "button quiet", "Cancel");
  readonly #note = new Note((wrong) =>
    setAttribute(this.#input, "aria-invalid", wrong ? "true" : null),
  );
  #shown = "";
  #editing = false;
  #sending = false;

  constructor(options: FieldOptions) {
    this.#options = options;
    const id = `field-${(count += 1)}`;
    const label = el("label", "field-label", options.label);
    label.htmlFor = this.#input.id = id;
    this.#note.root.id = `${id}-note`;
    this.#input.autocomplete = "off";
    this.#input.spellcheck = false;
    this.#input.inputMode = options.inputMode ?? "text";
    setAttribute(this.#input, "aria-describedby", this.#note.root.id);
    this.#submit.textContent = options.action;
    this.#cancel.type = "button";

    const box = el("span", "field-box", this.#input, options.unit ? el("span", "unit", options.unit) : null);
    const row = el("div", "field-row", box, this.#submit, this.#cancel);
    this.root = el("form", "field", label, row, this.#note.root);
    this.root.noValidate = true;
    this.#input.addEventListener("input", () => this.#edit());
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#reset();
    });
    this.#cancel.addEventListener("click", () => this.#reset());
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.#paint();
  }

  /** Shows the gateway's value; `otherwise` applies while there is none. */
  update(value: string, otherwise = ""): void {
    if (this.#input.placeholder !== otherwise) this.#input.placeholder = otherwise;
    if (value === this.#shown) return;
    this.#shown = value;
    if (!this.#editing) this.#input.value = value;
    else if (!this.#sending) this.#note.mention(`It was set to “${value}” in the meantime.`);
  }

  focus(): void {
    this.#input.focus();
  }

  /** Shows an error that belongs to this field. */
  complain(text: string): void {
    this.#note.complain(text);
  }

  #edit(): void {
    this.#editing = this.#input.value !== this.#shown;
    this.#note.clear();
    this.#paint();
  }

  #reset(): void {
    this.#editing = false;
    this.#input.value = this.#shown;
    this.#note.clear();
    this.#paint();
  }

  async #send(): Promise<void> {
    if (!this.#editing || this.#sending) return;
    const text = this.#input.value;
    this.#sending = true;
    this.#note.clear();
    this.#paint();
    try {
      await this.#options.send(text);
      // Edited again while it was being sent: a new edit.
      this.#editing = this.#input.value !== text;
      // The new state follows the reply; if none follows, nothing has changed.
      setTimeout(() => {
        if (!this.#editing) this.#input.value = this.#shown;
      }, 500);
    } catch (error) {
      this.#note.complain(explain(error));
    } finally {
      this.#sending = false;
      this.#paint();
    }
  }

  #paint(): void {
    const { open = false } = this.#options;
    setShown(this.#submit, this.#editing || open);
    setShown(this.#cancel, this.#editing && !open);
    this.#submit.disabled = this.#sending;
    this.root.classList.toggle("editing", this.#editing);
  }
}
