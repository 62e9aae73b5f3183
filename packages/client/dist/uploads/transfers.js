import { Deferred } from "../deferred.js";
import { ended, sendExternally, sendInChunks, TransferError } from "./transfer.js";
/** How long the server may take to complete a file of which it has every chunk, in milliseconds. */
export const COMPLETION_MS = 30_000;
/** The abort reason of a transfer that was given up, as opposed to one that failed. */
const CANCELLED = "cancelled";
/** The files of one upload: those that wait for `start`, and those under way. */
export class Transfers {
    #owner;
    #waiting = new Map();
    #running = new Map();
    /** How transfers ended, since one was started with none running. */
    #outcomes = new Set();
    constructor(owner) {
        this.#owner = owner;
    }
    get areRunning() {
        return this.#running.size > 0;
    }
    add(file, ticket) {
        this.#waiting.set(ticket.entry_ref, { file, ticket });
    }
    /** Sends all that wait; `undefined` when nothing does. Never rejects. */
    start() {
        if (this.#waiting.size === 0)
            return undefined;
        if (!this.areRunning)
            this.#outcomes.clear();
        const transfers = [...this.#waiting.values()].map(({ file, ticket }) => {
            const running = { controller: new AbortController(), completed: new Deferred() };
            this.#running.set(ticket.entry_ref, running);
            return this.#run(file, ticket, running);
        });
        this.#waiting.clear();
        return Promise.all(transfers);
    }
    /** The server has the whole of one file. */
    complete(ref) {
        this.#running.get(ref)?.completed.resolve();
    }
    /** Gives up one file. */
    cancel(ref) {
        this.#stop(ref, CANCELLED);
    }
    /** Ends one transfer as failed. */
    fail(ref) {
        this.#stop(ref);
    }
    /** Ends every transfer as failed. */
    failAll() {
        for (const ref of [...this.#waiting.keys(), ...this.#running.keys()])
            this.#stop(ref);
    }
    /** Gives up everything, and tells nothing of it. */
    clear() {
        const running = [...this.#running.values()];
        this.#running.clear();
        this.#waiting.clear();
        for (const { controller } of running)
            controller.abort(CANCELLED);
    }
    #stop(ref, reason) {
        this.#waiting.delete(ref);
        this.#running.get(ref)?.controller.abort(reason);
    }
    async #run(file, ticket, running) {
        const { entry_ref: ref } = ticket;
        const { signal } = running.controller;
        const isCurrent = () => this.#running.get(ref) === running;
        let outcome = "success";
        try {
            if (ticket.type === "channel") {
                await this.#sendInChunks(file, ticket, signal);
                await completion(running.completed.promise, signal);
            }
            else
                await this.#sendExternally(file, ticket, signal);
            if (isCurrent())
                this.#owner.done(ref);
        }
        catch (error) {
            outcome = signal.reason === CANCELLED ? "cancelled" : "error";
            const told = error instanceof TransferError ? error.error : external(error);
            if (isCurrent() && outcome === "error")
                this.#owner.failed(ref, told);
        }
        if (!isCurrent())
            return;
        this.#running.delete(ref);
        this.#outcomes.add(outcome);
        if (this.areRunning)
            return;
        const worst = ["error", "success"].find((each) => this.#outcomes.has(each));
        this.#owner.ended(worst ?? "cancelled");
    }
    #sendInChunks(file, { entry_ref: ref, token }, signal) {
        const channel = this.#owner.openChannel(`musubi_upload:${ref}`, { token });
        return sendInChunks({ channel, file, chunkSize: this.#owner.chunkSize(), signal });
    }
    async #sendExternally(file, { entry_ref: ref, uploader: name, meta }, signal) {
        const { uploaders } = this.#owner;
        const report = (progress) => this.#owner.request("upload_progress", { ref, progress });
        let told = -1;
        const onProgress = (percent) => {
            // 100 completes the entry on the server: it is kept until the uploader has succeeded.
            const progress = Math.min(99, Math.max(0, Math.round(percent) || 0));
            if (progress === told || signal.aborted)
                return;
            told = progress;
            report(progress).catch(() => undefined);
        };
        try {
            const uploader = Object.hasOwn(uploaders, name) ? uploaders[name] : undefined;
            if (uploader === undefined)
                throw new Error(`No registered uploader for "${name}"`);
            const entry = this.#owner.entry(ref); // one that waits has not been cancelled
            await sendExternally(uploader, { entry, file, meta, signal, onProgress });
            await report(100);
        }
        catch (error) {
            if (!signal.aborted) {
                const failure = { ref, ...external(error) };
                await this.#owner.request("upload_error", failure).catch(() => undefined);
            }
            throw error;
        }
    }
}
/** Waits for the server's word: an answer to the last chunk is not yet a file that is kept. */
async function completion(completed, signal) {
    const late = new Deferred();
    const error = { code: "timeout", message: "the server did not complete the file" };
    const timer = setTimeout(() => late.reject(new TransferError(error.message, error)), COMPLETION_MS);
    try {
        await Promise.race([completed, late.promise, ended(signal).promise]);
    }
    finally {
        clearTimeout(timer);
    }
}
function external(error) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: "external_failed", message };
}
