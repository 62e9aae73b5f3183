import { Listeners } from "./listeners.js";

/** The builds of the server's program: the one this page was loaded with, and the present one. */
export interface BuildChange {
  readonly from: string;
  readonly to: string;
}

/**
 * Notices that the server's program was replaced under the page (a firmware update), from the
 * `build` in its join replies. A server that sends none changes nothing.
 */
export class BuildWatch {
  readonly #listeners = new Listeners<BuildChange>();
  #first: string | undefined;
  #latest: string | undefined;
  #change: BuildChange | undefined;

  /** What was told last; the same object until the next change. */
  get change(): BuildChange | undefined {
    return this.#change;
  }

  onChange(listener: (change: BuildChange) => void): () => void {
    return this.#listeners.add("", listener);
  }

  /** Takes the `build` of a join reply: the first is remembered, each new other one is told. */
  report(build: unknown): void {
    if (typeof build !== "string" || build === this.#latest) return;
    this.#latest = build;
    this.#first ??= build;
    // Back to the first build is no change for this page.
    this.#change = build === this.#first ? undefined : { from: this.#first, to: build };
    if (this.#change !== undefined) this.#listeners.emit("", this.#change);
  }

  detach(): void {
    this.#listeners.clear();
  }
}
