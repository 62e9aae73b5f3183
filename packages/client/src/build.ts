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

  onChange(listener: (change: BuildChange) => void): () => void {
    return this.#listeners.add("", listener);
  }

  /** Takes the `build` of a join reply: the first is remembered, each new other one is told. */
  report(build: unknown): void {
    if (typeof build !== "string" || build === this.#latest) return;
    this.#latest = build;
    this.#first ??= build;
    if (build !== this.#first) this.#listeners.emit("", { from: this.#first, to: build });
  }

  detach(): void {
    this.#listeners.clear();
  }
}
