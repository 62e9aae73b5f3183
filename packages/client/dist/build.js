import { Listeners } from "./listeners.js";
/**
 * Notices that the server's program was replaced under the page (a firmware update), from the
 * `build` in its join replies. A server that sends none changes nothing.
 */
export class BuildWatch {
    #listeners = new Listeners();
    #first;
    #latest;
    #change;
    /** What was told last; the same object until the next change. */
    get change() {
        return this.#change;
    }
    onChange(listener) {
        return this.#listeners.add("", listener);
    }
    /** Takes the `build` of a join reply: the first is remembered, each new other one is told. */
    report(build) {
        if (typeof build !== "string" || build === this.#latest)
            return;
        this.#latest = build;
        this.#first ??= build;
        // Back to the first build is no change for this page.
        this.#change = build === this.#first ? undefined : { from: this.#first, to: build };
        if (this.#change !== undefined)
            this.#listeners.emit("", this.#change);
    }
    detach() {
        this.#listeners.clear();
    }
}
