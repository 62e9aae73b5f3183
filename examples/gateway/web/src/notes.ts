import { el, setAttribute, setShown, setText } from "./dom.js";

/** The notes that currently show an error. */
const complaints = new Set<Note>();

/**
 * Removes all errors, because something has changed: a command has succeeded, a value was set, or the
 * gateway is back.
 */
export function worldChanged(): void {
  for (const note of [...complaints]) note.clear();
}

/** A line of text beside a control. */
export class Note {
  readonly root = el("p", "note");
  readonly #changed: (wrong: boolean) => void;

  /** `changed` is called with whether the note shows an error. */
  constructor(changed: (wrong: boolean) => void = () => undefined) {
    this.#changed = changed;
    setAttribute(this.root, "role", "status");
    this.root.hidden = true;
  }

  /** Shows an error, which disappears when something has changed. */
  complain(text: string): void {
    this.#say(text, true);
  }
  /** Shows a remark, which stays. */
  mention(text: string): void {
    this.#say(text, false);
  }
  clear(): void {
    this.#say("", false);
  }

  #say(text: string, wrong: boolean): void {
    setText(this.root, text);
    setShown(this.root, text !== "");
    this.root.classList.toggle("wrong", wrong);
    if (wrong) complaints.add(this);
    else complaints.delete(this);
    this.#changed(wrong);
  }
}
