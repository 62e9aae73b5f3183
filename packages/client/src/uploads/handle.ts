import type { StoreId, UploadOp, WireUploadConfig } from "../wire.js";
import {
  applyUploadOp,
  change,
  configOf,
  DEFAULT_CONFIG,
  entryOf,
  failed,
  put,
  withProgress,
  type UploadState,
} from "./state.js";
import { Transfers, type Ticket } from "./transfers.js";
import type {
  ExternalUploaders,
  UploadConfig,
  UploadEntry,
  UploadError,
  UploadHandle,
  UploadHost,
  UploadStatus,
} from "./types.js";

type PreflightReply = {
  config?: WireUploadConfig;
  entries?: Record<string, Ticket>;
  errors?: { client_ref: string; error: UploadError }[];
};

const EMPTY: UploadState = {
  config: DEFAULT_CONFIG,
  entries: Object.freeze([]),
  errors: Object.freeze([]),
};

/** The state of one upload and its conversation with the server; {@link Transfers} send the files. */
export class UploadHandleImpl implements UploadHandle {
  readonly #host: UploadHost;
  readonly #storeId: StoreId;
  readonly #name: string;
  readonly #transfers: Transfers;
  #state: UploadState = EMPTY;
  #status: UploadStatus = "idle";
  #revision = 0;

  constructor(host: UploadHost, uploaders: ExternalUploaders, storeId: StoreId, name: string) {
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
  get revision(): number {
    return this.#revision;
  }

  get config(): UploadConfig {
    return this.#state.config;
  }

  get status(): UploadStatus {
    return this.#status;
  }

  get entries(): readonly UploadEntry[] {
    return this.#state.entries;
  }

  get errors(): readonly UploadError[] {
    return this.#state.errors;
  }

  get progress(): number {
    const { entries } = this.#state;
    const sum = entries.reduce((total, entry) => total + entry.progress, 0);
    return entries.length === 0 ? 0 : Math.round(sum / entries.length);
  }

  get isIdle(): boolean {
    return this.#status === "idle";
  }

  get isSelecting(): boolean {
    return this.#status === "selecting";
  }

  get isUploading(): boolean {
    return this.#status === "uploading";
  }

  get isSuccess(): boolean {
    return this.#status === "success";
  }

  get isError(): boolean {
    return this.#status === "error";
  }

  get isCancelled(): boolean {
    return this.#status === "cancelled";
  }

  async select(files: ArrayLike<File>): Promise<readonly UploadEntry[]> {
    const chosen = Array.from(files);
    if (chosen.length === 0) return this.entries;
    this.#become(this.#selecting);
    let reply: PreflightReply;
    try {
      reply = (await this.#request("allow_upload", {
        entries: chosen.map(({ name, size, type }, index) => ({
          client_ref: String(index),
          name,
          size,
          type,
        })),
      })) as PreflightReply;
    } catch (error) {
      this.#become("error");
      throw error;
    }
    this.#accept(chosen, reply);
    return this.entries;
  }

  async start(): Promise<void> {
    const transfers = this.#transfers.start();
    if (transfers === undefined) return;
    this.#become("uploading");
    await transfers;
  }

  async cancel(ref?: string): Promise<void> {
    const refs = ref === undefined ? this.entries.map((entry) => entry.ref) : [ref];
    await Promise.all(refs.map((each) => this.#cancel(each)));
    const none = this.entries.length === 0 && !this.#transfers.areRunning;
    if (refs.length > 0 && none) this.#become("cancelled");
  }

  async reset(): Promise<void> {
    const cancelled = Promise.all(this.entries.map(({ ref }) => this.#cancel(ref)));
    this.clear();
    this.#host.changed(this.#storeId);
    await cancelled;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    let told = this.#revision;
    return this.#host.subscribe(this.#storeId, () => {
      if (told === this.#revision) return; // something else of the store
      told = this.#revision;
      listener();
    });
  };

  /** Applies one op of an envelope; the root tells its subscribers. */
  applyOp(op: UploadOp): void {
    this.#revision += 1;
    if (op.op === "reset") return this.clear();
    this.#state = applyUploadOp(this.#state, op);
    if (op.op === "complete") this.#transfers.complete(op.ref);
    if (op.op === "cancel") this.#transfers.cancel(op.ref);
    if (op.op === "error" && op.ref !== undefined) this.#transfers.fail(op.ref);
  }

  /** Back to `idle`, without entries and errors. Returns nothing to the server. */
  clear(): void {
    this.#revision += 1;
    this.#state = { ...EMPTY, config: this.config };
    this.#status = "idle";
    this.#transfers.clear();
  }

  /** Ends every transfer as failed. */
  abort(): void {
    this.#transfers.failAll();
  }

  #accept(files: readonly File[], { config, entries = {}, errors = [] }: PreflightReply): void {
    for (const [clientRef, ticket] of Object.entries(entries)) {
      const file = files[Number(clientRef)];
      if (file === undefined) continue;
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
  get #selecting(): UploadStatus {
    return this.#transfers.areRunning ? "uploading" : "selecting";
  }

  /** The server is asked first: stopping a transfer closes its channel, and it would cancel again. */
  async #cancel(ref: string): Promise<void> {
    // A server that is gone has forgotten the entry by itself.
    const reply = this.#host.connected() ? this.#request("cancel_upload", { ref }) : undefined;
    this.#transfers.cancel(ref);
    await reply;
    this.#state = applyUploadOp(this.#state, { op: "cancel", ref, ...this.#address() });
    this.#changed();
  }

  #request(event: string, rest: object): Promise<unknown> {
    return this.#host.request(event, this.#storeId, this.#name, rest);
  }

  #address(): { store_id: StoreId; upload: string } {
    return { store_id: this.#storeId, upload: this.#name };
  }

  #update(ref: string, update: (entry: UploadEntry) => UploadEntry): void {
    this.#state = change(this.#state, ref, update);
    this.#changed();
  }

  #become(status: UploadStatus): void {
    this.#status = status;
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    this.#host.changed(this.#storeId);
  }
}
