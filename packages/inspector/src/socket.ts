import type { ChannelLike, PushLike, RefusableSocket, SocketLike } from "@musubi/client";

/**
 * The socket that this page uses in place of phoenix.js, of which it would need a third and which alone is
 * larger than the rest of the page (docs/contract.md, section 1): WebSocket only, serializer 2.0.0, rejoining
 * and reconnecting by itself.
 */

type Frame = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: any];
type Callback = (value?: any) => void;
type Status = "ok" | "error" | "timeout";

const REPLY_MS = 10_000;
const HEARTBEAT_MS = 30_000;
/** Pauses before the next try, by how many there were; the last one is kept. */
const RECONNECT_MS = [100, 250, 500, 1000, 2000, 5000];
const REJOIN_MS = [1000, 2000, 5000, 10_000];

const pause = (pauses: readonly number[], tries: number): number =>
  pauses[Math.min(tries, pauses.length - 1)] as number;

/** A message that waits for its reply. A join is sent again with the same hooks. */
class Push implements PushLike {
  ref: string | null = null;
  #hooks: [Status, Callback][] = [];
  #settled: [Status, unknown] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly event: string,
    readonly payload: unknown,
  ) {}

  receive(status: Status, callback: Callback): this {
    this.#hooks.push([status, callback]);
    if (this.#settled?.[0] === status) callback(this.#settled[1]);
    return this;
  }

  /** It was sent under this ref. */
  sent(ref: string): void {
    this.forget();
    this.ref = ref;
    this.#timer = setTimeout(() => this.settle("timeout"), REPLY_MS);
  }

  settle(status: Status, response?: unknown): void {
    this.forget();
    this.#settled = [status, response];
    for (const [wanted, callback] of [...this.#hooks]) if (wanted === status) callback(response);
  }

  /** No reply is expected any more. */
  forget(): void {
    clearTimeout(this.#timer);
    this.ref = null;
    this.#settled = undefined;
  }
}

class Channel implements ChannelLike {
  readonly #socket: Socket;
  readonly #topic: string;
  readonly #join: Push;
  readonly #pushes = new Set<Push>();
  readonly #handlers: [event: string, callback: Callback][] = [];
  /** Of the join that holds. */
  #joinRef: string | null = null;
  #state: "new" | "joining" | "joined" | "errored" | "closed" = "new";
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: Socket, topic: string, payload: object) {
    this.#socket = socket;
    this.#topic = topic;
    this.#join = new Push("phx_join", payload);
    this.#join
      .receive("ok", () => {
        this.#state = "joined";
        this.#tries = 0;
        for (const push of this.#pushes) if (push.ref === null) this.#send(push);
      })
      .receive("error", (response) => {
        socket.refused.set(topic, response);
        this.#retry();
      })
      .receive("timeout", () => this.#retry());
  }

  on(event: string, callback: Callback): void {
    this.#handlers.push([event, callback]);
  }
  onClose(callback: Callback): void {
    this.on("phx_close", callback);
  }
  onError(callback: Callback): void {
    this.on("phx_error", callback);
  }

  join(): PushLike {
    this.#state = "joining";
    this.opened();
    return this.#join;
  }

  push(event: string, payload: object): PushLike {
    const push = new Push(event, payload);
    this.#pushes.add(push);
    if (this.#state === "joined") this.#send(push);
    return push;
  }

  leave(): void {
    if (this.#joinRef !== null) this.#socket.send([this.#joinRef, this.#socket.ref(), this.#topic, "phx_leave", {}]);
    this.#end();
  }

  /** The socket is open: (re)joins, unless there is nothing to join. */
  opened(): void {
    if ((this.#state !== "joining" && this.#state !== "errored") || !this.#socket.isConnected()) return;
    clearTimeout(this.#timer);
    this.#state = "joining";
    this.#send(this.#join);
    this.#joinRef = this.#join.ref;
  }

  /** The socket is closed. */
  lost(): void {
    this.#join.forget();
    this.#joinRef = null;
    if (this.#state === "joining" || this.#state === "joined") this.#fail(undefined);
  }

  receive([joinRef, ref, topic, event, payload]: Frame): void {
    if (topic !== this.#topic || (joinRef !== null && joinRef !== this.#joinRef)) return;
    if (event === "phx_reply") {
      for (const push of [this.#join, ...this.#pushes]) {
        if (push.ref !== ref) continue;
        this.#pushes.delete(push);
        return push.settle(payload.status, payload.response);
      }
    } else if (event === "phx_error") {
      this.#fail(payload);
      this.#retry();
    } else if (event === "phx_close") {
      this.#end();
      this.#tell(event, payload);
    } else {
      this.#tell(event, payload);
    }
  }

  #send(push: Push): void {
    const ref = this.#socket.ref();
    push.sent(ref);
    this.#socket.send([push === this.#join ? ref : this.#joinRef, ref, this.#topic, push.event, push.payload]);
  }

  #tell(event: string, payload: unknown): void {
    for (const [wanted, callback] of this.#handlers) if (wanted === event) callback(payload);
  }

  #fail(payload: unknown): void {
    this.#state = "errored";
    this.#tell("phx_error", payload);
  }

  #retry(): void {
    if (this.#state === "closed") return;
    this.#state = "errored";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.opened(), pause(REJOIN_MS, this.#tries++));
  }

  #end(): void {
    this.#state = "closed";
    clearTimeout(this.#timer);
    for (const push of [this.#join, ...this.#pushes]) push.forget();
    this.#socket.remove(this);
  }
}

export class Socket implements SocketLike, RefusableSocket {
  /** What the last refused join of a topic was told. */
  readonly refused = new Map<string, any>();
  /** Sent as phoenix.js 1.8 does, as a sub-protocol. */
  authToken: string | undefined;
  readonly #url: string;
  readonly #listeners = new Set<[event: "open" | "close" | "error", callback: Callback]>();
  readonly #channels = new Set<Channel>();
  #connection: WebSocket | undefined;
  #ref = 0;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heart: ReturnType<typeof setInterval> | undefined;
  /** The heartbeat that was not answered yet. */
  #beat: string | undefined;

  /** `url` is that of the socket, "ws://…/socket", which this makes the transport's. */
  constructor(url: string) {
    this.#url = `${url}/websocket?vsn=2.0.0`;
  }

  endPointURL(): string {
    return this.#url;
  }
  isConnected(): boolean {
    return this.#connection?.readyState === 1;
  }
  onOpen(callback: Callback): unknown {
    return this.#listen(["open", callback]);
  }
  onClose(callback: Callback): unknown {
    return this.#listen(["close", callback]);
  }
  onError(callback: Callback): unknown {
    return this.#listen(["error", callback]);
  }
  off(refs: any[]): void {
    for (const ref of refs) this.#listeners.delete(ref);
  }

  connect(): void {
    if (this.#connection !== undefined) return;
    clearTimeout(this.#timer);
    const protocols = ["phoenix"];
    if (this.authToken) protocols.push(`base64url.bearer.phx.${btoa(this.authToken).replace(/=/g, "")}`);
    const made = (this.#connection = new WebSocket(this.#url, protocols));
    made.binaryType = "arraybuffer";
    made.onopen = () => this.#opened();
    made.onerror = () => this.#tell("error");
    made.onclose = () => this.#closed(true);
    made.onmessage = ({ data }) => this.#receive(JSON.parse(data) as Frame);
  }

  disconnect(callback?: () => void): void {
    this.#closed(false);
    callback?.();
  }

  channel(topic: string, payload: object): Channel {
    const made = new Channel(this, topic, payload);
    this.#channels.add(made);
    return made;
  }
  remove(channel: Channel): void {
    this.#channels.delete(channel);
  }
  ref(): string {
    return `${++this.#ref}`;
  }

  /** A payload of bytes goes as a binary message. */
  send(frame: Frame): void {
    if (!this.isConnected()) return;
    const { 4: payload } = frame;
    this.#connection?.send(payload instanceof ArrayBuffer ? encode(frame, payload) : JSON.stringify(frame));
  }

  #listen(entry: ["open" | "close" | "error", Callback]): unknown {
    this.#listeners.add(entry);
    return entry;
  }

  #tell(event: "open" | "close" | "error"): void {
    for (const [wanted, callback] of [...this.#listeners]) if (wanted === event) callback();
  }

  #opened(): void {
    this.#tries = 0;
    this.#beat = undefined;
    this.#heart = setInterval(() => {
      if (this.#beat !== undefined) return this.#closed(true);
      this.#beat = this.ref();
      this.send([null, this.#beat, "phoenix", "heartbeat", {}]);
    }, HEARTBEAT_MS);
    for (const channel of [...this.#channels]) channel.opened();
    this.#tell("open");
  }

  #closed(again: boolean): void {
    clearTimeout(this.#timer);
    clearInterval(this.#heart);
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) {
      connection.onopen = connection.onerror = connection.onclose = connection.onmessage = null;
      connection.close();
    }
    if (again) this.#timer = setTimeout(() => this.connect(), pause(RECONNECT_MS, this.#tries++));
    if (connection === undefined) return;
    for (const channel of [...this.#channels]) channel.lost();
    this.#tell("close");
  }

  #receive(frame: Frame): void {
    if (frame[1] !== null && frame[1] === this.#beat) this.#beat = undefined;
    for (const channel of [...this.#channels]) channel.receive(frame);
  }
}

/** A push of bytes: the lengths of the four strings, the strings, the bytes. */
function encode(frame: Frame, bytes: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const strings = frame.slice(0, 4).map((each: string | null) => new TextEncoder().encode(each ?? ""));
  const head = [0, ...strings.map(({ length }) => length), ...strings.flatMap((each) => [...each])];
  const made = new Uint8Array(head.length + bytes.byteLength);
  made.set(head);
  made.set(new Uint8Array(bytes), head.length);
  return made;
}
