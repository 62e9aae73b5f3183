import { el, setAttribute, setShown, setText } from "./dom.js";

/** The notes that say now what went wrong. */
const complaints = new Set<Note>();

/**
 * What went wrong is news until the world has changed: a command has succeeded, somebody has set
 * something, the gateway is back. Then nobody needs to read it any more.
 */
export function worldChanged(): void {
  for (const note of [...complaints]) note.clear();
}

/** A line beside something that can be commanded. */
export class Note {
  readonly root = el("p", "note");
  readonly #changed: (wrong: boolean) => void;

  /** `changed` is told whether the note says that something is wrong. */
  constructor(changed: (wrong: boolean) => void = () => undefined) {
    this.#changed = changed;
    setAttribute(this.root, "role", "status");
    this.root.hidden = true;
  }

  /** Says what went wrong; it goes by itself when the world has changed. */
  complain(text: string): void {
    this.#say(text, true);
  }
  /** Says something that is not wrong, and stays. */
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
