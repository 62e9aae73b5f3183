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
import { sendExternally, sendInChunks, TransferError } from "./transfer.js";
import type {
  ExternalUploaders,
  UploadConfig,
  UploadEntry,
  UploadError,
  UploadHandle,
  UploadHost,
  UploadStatus,
} from "./types.js";

/** How the server wants an accepted file: over a channel of its own, or by an external uploader. */
type Ticket =
  | { type: "channel"; entry_ref: string; token: string }
  | { type: "external"; entry_ref: string; uploader: string; meta: unknown };

type PreflightReply = {
  config?: WireUploadConfig;
  entries?: Record<string, Ticket>;
  errors?: { client_ref: string; error: UploadError }[];
};

/** A file that waits for `start`. */
type Waiting = { readonly file: File; readonly ticket: Ticket };

const EMPTY: UploadState = {
  config: DEFAULT_CONFIG,
  entries: Object.freeze([]),
  errors: Object.freeze([]),
};
/** The abort reason of a transfer that was given up, as opposed to one that failed. */
const CANCELLED = "cancelled";

export class UploadHandleImpl implements UploadHandle {
  readonly #host: UploadHost;
  readonly #uploaders: ExternalUploaders;
  readonly #storeId: StoreId;
  readonly #name: string;
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Map<string, AbortController>();
  /** How the transfers ended, since one was started with none running. */
  readonly #outcomes = new Set<UploadStatus>();
  #state: UploadState = EMPTY;
  #status: UploadStatus = "idle";
  #revision = 0;

  constructor(host: UploadHost, uploaders: ExternalUploaders, storeId: StoreId, name: string) {
    this.#host = host;
    this.#uploaders = uploaders;
    this.#storeId = storeId;
    this.#name = name;
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
    const batch = [...this.#waiting];
    if (batch.length === 0) return;
    this.#waiting.clear();
    if (this.#running.size === 0) this.#outcomes.clear();
    const transfers = batch.map(([ref, waiting]) => {
      const controller = new AbortController();
      this.#running.set(ref, controller);
      return this.#transfer(ref, waiting, controller);
    });
    this.#become("uploading");
    await Promise.all(transfers);
  }

  async cancel(ref?: string): Promise<void> {
    const refs = ref === undefined ? this.entries.map((entry) => entry.ref) : [ref];
    await Promise.all(refs.map((each) => this.#cancel(each)));
    const none = this.entries.length === 0 && this.#running.size === 0;
    if (refs.length > 0 && none) this.#become("cancelled");
  }

  async reset(): Promise<void> {
    const cancelled = Promise.all(this.entries.map(({ ref }) => this.#cancel(ref)));
    this.clear();
    this.#host.changed(this.#storeId);
    await cancelled;
  }

  /** Applies one op of an envelope; the root tells its subscribers. */
  applyOp(op: UploadOp): void {
    this.#revision += 1;
    if (op.op === "reset") return this.clear();
    this.#state = applyUploadOp(this.#state, op);
    if (op.op === "cancel") this.#stop(op.ref, CANCELLED);
    if (op.op === "error" && op.ref !== undefined) this.#stop(op.ref);
  }

  /** Back to `idle`, without entries and errors. Returns nothing to the server. */
  clear(): void {
    this.#revision += 1;
    const running = [...this.#running.values()];
    this.#running.clear();
    this.#waiting.clear();
    this.#state = { ...EMPTY, config: this.config };
    this.#status = "idle";
    for (const controller of running) controller.abort(CANCELLED);
  }

  /** Ends every transfer as failed. */
  abort(): void {
    for (const ref of [...this.#waiting.keys(), ...this.#running.keys()]) this.#stop(ref);
  }

  #accept(files: readonly File[], { config, entries = {}, errors = [] }: PreflightReply): void {
    for (const [clientRef, ticket] of Object.entries(entries)) {
      const file = files[Number(clientRef)];
      if (file === undefined) continue;
      this.#waiting.set(ticket.entry_ref, { file, ticket });
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
    return this.#running.size > 0 ? "uploading" : "selecting";
  }

  async #transfer(ref: string, waiting: Waiting, controller: AbortController): Promise<void> {
    const isCurrent = (): boolean => this.#running.get(ref) === controller;
    let outcome: UploadStatus = "success";
    try {
      await this.#send(ref, waiting, controller.signal);
      if (isCurrent()) this.#update(ref, (entry) => withProgress(entry, 100));
    } catch (error) {
      outcome = controller.signal.reason === CANCELLED ? "cancelled" : "error";
      const told = error instanceof TransferError ? error.error : external(error);
      if (isCurrent() && outcome === "error") this.#update(ref, (entry) => failed(entry, told));
    }
    if (!isCurrent()) return;
    this.#running.delete(ref);
    this.#outcomes.add(outcome);
    if (this.#running.size > 0) return;
    const overall = (["error", "success"] as const).find((each) => this.#outcomes.has(each));
    this.#become(overall ?? "cancelled");
  }

  async #send(ref: string, { file, ticket }: Waiting, signal: AbortSignal): Promise<void> {
    if (ticket.type === "channel") {
      const channel = this.#host.openChannel(`musubi_upload:${ref}`, { token: ticket.token });
      return sendInChunks({ channel, file, chunkSize: this.config.chunkSize, signal });
    }
    try {
      await this.#sendExternally(ref, file, ticket, signal);
    } catch (error) {
      if (!signal.aborted) {
        const report = { ref, ...external(error) };
        await this.#request("upload_error", report).catch(() => undefined);
      }
      throw error;
    }
  }

  async #sendExternally(
    ref: string,
    file: File,
    { uploader: name, meta }: Extract<Ticket, { type: "external" }>,
    signal: AbortSignal,
  ): Promise<void> {
    const uploader = this.#uploaders[name];
    const entry = this.entries.find((each) => each.ref === ref);
    if (uploader === undefined) throw new Error(`No registered uploader for "${name}"`);
    if (entry === undefined) return;
    let told = -1;
    const onProgress = (percent: number): void => {
      // 100 completes the entry on the server: it is kept until the uploader has succeeded.
      const progress = Math.min(99, Math.max(0, Math.round(percent) || 0));
      if (progress === told || signal.aborted) return;
      told = progress;
      this.#request("upload_progress", { ref, progress }).catch(() => undefined);
    };
    await sendExternally(uploader, { entry, file, meta, signal, onProgress });
    await this.#request("upload_progress", { ref, progress: 100 });
  }

  /** The server is asked first: stopping a transfer closes its channel, and it would cancel again. */
  async #cancel(ref: string): Promise<void> {
    // A server that is gone has forgotten the entry by itself.
    const reply = this.#host.connected() ? this.#request("cancel_upload", { ref }) : undefined;
    this.#stop(ref, CANCELLED);
    await reply;
    this.#state = applyUploadOp(this.#state, { op: "cancel", ref, ...this.#address() });
    this.#changed();
  }

  #stop(ref: string, reason?: string): void {
    this.#waiting.delete(ref);
    this.#running.get(ref)?.abort(reason);
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

function external(error: unknown): UploadError {
  const message = error instanceof Error ? error.message : String(error);
  return { code: "external_failed", message };
}
