import WebSocket, { type ClientOptions } from "ws";
import type { Program } from "./program.js";
import { onText } from "./text.js";

/** `[join_ref, ref, topic, event, payload]` (contract section 1.2). */
export type Frame = [string | null, string | null, string, string, any];

export interface WireOptions {
  /** Of the query; `vsn` is added. */
  params?: Record<string, string>;
  protocols?: string[];
  /** Request headers, `Origin` and `Cookie` among them. */
  headers?: Record<string, string>;
}

export interface Closing {
  code: number;
  reason: string;
}

export function address(server: Program, params: Record<string, string> = {}): string {
  return server.url("ws", `/socket/websocket?${new URLSearchParams({ ...params, vsn: "2.0.0" })}`);
}

/** The channel protocol by hand: for what phoenix.js would never send, and to see every frame. */
export class Wire {
  readonly received: Frame[] = [];
  readonly closed: Promise<Closing>;
  readonly socket: WebSocket;
  #read = 0;
  #ref = 0;
  #waiting: (() => void) | undefined;
  #over: Closing | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data: Buffer, binary) => {
      if (binary) throw new Error("the server sends text only");
      this.received.push(JSON.parse(data.toString()) as Frame);
      this.#waiting?.();
    });
    socket.on("error", () => {}); // told by "close"
    this.closed = new Promise((ended) =>
      socket.on("close", (code, reason) => {
        this.#over = { code, reason: reason.toString() };
        ended(this.#over);
        this.#waiting?.();
      }),
    );
  }

  /** Opens a WebSocket, or rejects with the status of the refusal. */
  static open(server: Program, { params, protocols, headers }: WireOptions = {}): Promise<Wire> {
    const options: ClientOptions = { headers: headers ?? {}, perMessageDeflate: false };
    const socket = new WebSocket(address(server, params), protocols ?? [], options);
    const wire = new Wire(socket);
    return new Promise((opened, refused) => {
      socket.on("open", () => opened(wire));
      socket.on("unexpected-response", (request, response) => {
        let body = "";
        onText(response, (text) => (body += text));
        response.on("end", () => {
          refused(new Refusal(response.statusCode ?? 0, response.headers, body));
          request.destroy();
        });
      });
    });
  }

  get ref(): string {
    return `${(this.#ref += 1)}`;
  }

  send(frame: unknown[] | string | Buffer): void {
    this.socket.send(Array.isArray(frame) ? JSON.stringify(frame) : frame);
  }

  /** The next frame that was not read yet, in the order of arrival. */
  async next(): Promise<Frame> {
    while (this.#read === this.received.length) {
      if (this.#over) throw new Error(`closed with ${this.#over.code} ${this.#over.reason}`);
      await new Promise<void>((resume) => (this.#waiting = resume));
    }
    return this.received[this.#read++] as Frame;
  }

  /** Sends an event; answers the frame that comes next. */
  async ask(joinRef: string | null, topic: string, event: string, payload: unknown = {}) {
    const ref = this.ref;
    this.send([joinRef, ref, topic, event, payload]);
    return { ref, answer: await this.next() };
  }

  /** All frames that the server had to send because of what it was sent: a heartbeat ends them. */
  async flush(): Promise<Frame[]> {
    const ref = this.ref;
    this.send([null, ref, "phoenix", "heartbeat", {}]);
    const frames: Frame[] = [];
    for (;;) {
      const frame = await this.next();
      if (frame[2] === "phoenix" && frame[1] === ref) return frames;
      frames.push(frame);
    }
  }

  /** Mounts a root; answers its join_ref and topic. The reply and the first patch are read. */
  async mount(module: string, id: string, params: object = {}) {
    const topic = `musubi:connection:${module}:${id}`;
    const joinRef = this.ref;
    this.send([joinRef, joinRef, topic, "phx_join", { module, id, params }]);
    const reply = await this.next();
    if (reply[4].status !== "ok") throw new Error(`refused: ${JSON.stringify(reply)}`);
    const patch = await this.next();
    return { joinRef, topic, reply, patch };
  }

  close(): Promise<Closing> {
    this.socket.close();
    return this.closed;
  }
}

/** An upgrade that was answered with something else than 101. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string | string[] | undefined>,
    readonly body: string,
  ) {
    super(`refused with ${status}`);
  }
}

/** What the server answers to the upgrade when it does not accept it. */
export async function refusal(server: Program, options: WireOptions): Promise<Refusal> {
  const outcome = await Wire.open(server, options).catch((error: unknown) => error);
  if (outcome instanceof Refusal) return outcome;
  if (outcome instanceof Wire) {
    await outcome.close();
    throw new Error("the upgrade was accepted");
  }
  throw outcome;
}

export const ok = (response: unknown) => ({ status: "ok", response });
export const error = (reason: string) => ({ status: "error", response: { reason } });
export const command = (name: string, payload: object = {}) => ({ store_id: [], name, payload });

export const modules = {
  alpha: "Musubi.WireCapture.Stores.AlphaRootStore",
  beta: "Musubi.WireCapture.Stores.BetaRootStore",
  meta: "Musubi.WireCapture.Stores.MetaRootStore",
  board: "Conformance.Stores.Board",
  fragile: "Conformance.Stores.Fragile",
  gate: "Conformance.Stores.Gate",
  journal: "Conformance.Stores.Journal",
  pulse: "Conformance.Stores.Pulse",
  slow: "Conformance.Stores.Slow",
  visitor: "Conformance.Stores.Visitor",
  witness: "Conformance.Stores.Witness",
} as const;
