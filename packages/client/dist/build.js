import { Listeners } from "./listeners.js";
/**
 * Notices that the server's program was replaced under the page (a firmware update), from the
 * `build` in its join replies. A server that sends none changes nothing.
 */
export class BuildWatch {
    #listeners = new Listeners();
    #first;
    #latest;
    onChange(listener) {
        return this.#listeners.add("", listener);
    }
    /** Takes the `build` of a join reply: the first is remembered, each new other one is told. */
    report(build) {
        if (typeof build !== "string" || build === this.#latest)
            return;
        this.#latest = build;
        this.#first ??= build;
        if (build !== this.#first)
            this.#listeners.emit("", { from: this.#first, to: build });
    }
    detach() {
        this.#listeners.clear();
    }
}
