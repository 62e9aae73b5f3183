import { applyUploadOp, change, configOf, DEFAULT_CONFIG, entryOf, failed, put, withProgress, } from "./state.js";
import { Transfers } from "./transfers.js";
const EMPTY = {
    config: DEFAULT_CONFIG,
    entries: Object.freeze([]),
    errors: Object.freeze([]),
};
/** The state of one upload and its conversation with the server; {@link Transfers} send the files. */
export class UploadHandleImpl {
    #host;
    #storeId;
    #name;
    #transfers;
    #state = EMPTY;
    #status = "idle";
    #revision = 0;
    constructor(host, uploaders, storeId, name) {
        this.#host = host;
        this.#storeId = storeId;
        this.#name = name;
        this.#transfers = new Transfers({
            uploaders,
            chunkSize: () => this.config.chunkSize,
            entry: (ref) => this.entries.find((entry) => entry.ref === ref),
            openChannel: (topic, payload) => host.openChannel(topic, payload),
            request: (event, rest) => this.#request(event, rest),
            done: (ref) => this.#update(ref, (entry) => withProgress(entry, 100)),
            failed: (ref, error) => this.#update(ref, (entry) => failed(entry, error)),
            ended: (outcome) => this.#become(outcome),
        });
    }
    /** Grows with every change: what was made of an older one is out of date. */
    get revision() {
        return this.#revision;
    }
    get config() {
        return this.#state.config;
    }
    get status() {
        return this.#status;
    }
    get entries() {
        return this.#state.entries;
    }
    get errors() {
        return this.#state.errors;
    }
    get progress() {
        const { entries } = this.#state;
        const sum = entries.reduce((total, entry) => total + entry.progress, 0);
        return entries.length === 0 ? 0 : Math.round(sum / entries.length);
    }
    get isIdle() {
        return this.#status === "idle";
    }
    get isSelecting() {
        return this.#status === "selecting";
    }
    get isUploading() {
        return this.#status === "uploading";
    }
    get isSuccess() {
        return this.#status === "success";
    }
    get isError() {
        return this.#status === "error";
    }
    get isCancelled() {
        return this.#status === "cancelled";
    }
    async select(files) {
        const chosen = Array.from(files);
        if (chosen.length === 0)
            return this.entries;
        this.#become(this.#selecting);
        let reply;
        try {
            reply = (await this.#request("allow_upload", {
                entries: chosen.map(({ name, size, type }, index) => ({
                    client_ref: String(index),
                    name,
                    size,
                    type,
                })),
            }));
        }
        catch (error) {
            this.#become("error");
            throw error;
        }
        this.#accept(chosen, reply);
        return this.entries;
    }
    async start() {
        const transfers = this.#transfers.start();
        if (transfers === undefined)
            return;
        this.#become("uploading");
        await transfers;
    }
    async cancel(ref) {
        const refs = ref === undefined ? this.entries.map((entry) => entry.ref) : [ref];
        await Promise.all(refs.map((each) => this.#cancel(each)));
        const none = this.entries.length === 0 && !this.#transfers.areRunning;
        if (refs.length > 0 && none)
            this.#become("cancelled");
    }
    async reset() {
        const cancelled = Promise.all(this.entries.map(({ ref }) => this.#cancel(ref)));
        this.clear();
        this.#host.changed(this.#storeId);
        await cancelled;
    }
    subscribe = (listener) => {
        let told = this.#revision;
        return this.#host.subscribe(this.#storeId, () => {
            if (told === this.#revision)
                return; // something else of the store
            told = this.#revision;
            listener();
        });
    };
    /** Applies one op of an envelope; the root tells its subscribers. */
    applyOp(op) {
        this.#revision += 1;
        if (op.op === "reset")
            return this.clear();
        this.#state = applyUploadOp(this.#state, op);
        if (op.op === "complete")
            this.#transfers.complete(op.ref);
        if (op.op === "cancel")
            this.#transfers.cancel(op.ref);
        if (op.op === "error" && op.ref !== undefined)
            this.#transfers.fail(op.ref);
    }
    /** Back to `idle`, without entries and errors. Returns nothing to the server. */
    clear() {
        this.#revision += 1;
        this.#state = { ...EMPTY, config: this.config };
        this.#status = "idle";
        this.#transfers.clear();
    }
    /** Ends every transfer as failed. */
    abort() {
        this.#transfers.failAll();
    }
    #accept(files, { config, entries = {}, errors = [] }) {
        for (const [clientRef, ticket] of Object.entries(entries)) {
            const file = files[Number(clientRef)];
            if (file === undefined)
                continue;
            this.#transfers.add(file, ticket);
            const entry = entryOf({
                ref: ticket.entry_ref,
                client_name: file.name,
                client_size: file.size,
                client_type: file.type,
                progress: 0,
                status: "pending",
                errors: [],
            });
            this.#state = { ...this.#state, entries: put(this.entries, entry) };
        }
        this.#state = {
            ...this.#state,
            config: config === undefined ? this.config : configOf(config),
            errors: Object.freeze(errors.map(({ error }) => error)),
        };
        this.#become(errors.length > 0 ? "error" : this.#selecting);
    }
    /** The status after a selection: files may be added while others are under way. */
    get #selecting() {
        return this.#transfers.areRunning ? "uploading" : "selecting";
    }
    /** The server is asked first: stopping a transfer closes its channel, and it would cancel again. */
    async #cancel(ref) {
        // A server that is gone has forgotten the entry by itself.
        const reply = this.#host.connected() ? this.#request("cancel_upload", { ref }) : undefined;
        this.#transfers.cancel(ref);
        await reply;
        this.#state = applyUploadOp(this.#state, { op: "cancel", ref, ...this.#address() });
        this.#changed();
    }
    #request(event, rest) {
        return this.#host.request(event, this.#storeId, this.#name, rest);
    }
    #address() {
        return { store_id: this.#storeId, upload: this.#name };
    }
    #update(ref, update) {
        this.#state = change(this.#state, ref, update);
        this.#changed();
    }
    #become(status) {
        this.#status = status;
        this.#changed();
    }
    #changed() {
        this.#revision += 1;
        this.#host.changed(this.#storeId);
    }
}
