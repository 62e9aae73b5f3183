import { Socket, type Channel } from "phoenix";
import WebSocket from "ws";
import type { Program } from "./program.js";
import type { Frame } from "./wire.js";

/** What passed over a socket's WebSockets, in order. */
export interface Passed {
  dir: "out" | "in";
  frame: Frame;
}

export interface PhoenixOptions {
  params?: Record<string, string>;
  heartbeatIntervalMs?: number;
  longPollFallbackMs?: number;
  /** The authority that the server's certificate is of, in PEM. */
  ca?: string;
  sessionStorage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Loses an arriving frame, as a network never does. */
  drop?: (frame: Frame) => boolean;
}

/** The npm client as it is, over `ws`, with everything that passes written down. */
export class Phoenix {
  readonly socket: Socket;
  readonly passed: Passed[] = [];
  readonly closes: { code: number; reason: string }[] = [];
  #current: WebSocket | undefined;

  constructor(server: Program, { drop, ca, ...options }: PhoenixOptions = {}) {
    const wrote = (dir: "in" | "out", text: string) => {
      const frame = JSON.parse(text) as Frame;
      if (dir === "in" && drop?.(frame)) return false;
      this.passed.push({ dir, frame });
      return true;
    };
    const self = this;
    class Recorded extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { perMessageDeflate: false, ...(ca && { ca }) });
        self.#current = this;
        this.on("close", (code, reason) => self.closes.push({ code, reason: reason.toString() }));
      }
      override send(data: any) {
        if (typeof data === "string") wrote("out", data); // chunks of uploads are bytes
        super.send(data);
      }
      override emit(event: string | symbol, ...args: any[]): boolean {
        if (event === "message" && !wrote("in", String(args[0]))) return true;
        return super.emit(event, ...args);
      }
    }
    const quickly = () => 20;
    this.socket = new Socket(server.url("ws", "/socket"), {
      transport: Recorded,
      reconnectAfterMs: quickly,
      rejoinAfterMs: quickly,
      ...options,
    } as object);
  }

  /** Opens the socket. */
  open(): Promise<void> {
    return new Promise((opened) => {
      this.socket.onOpen(opened);
      this.socket.connect();
    });
  }

  /** The frames that arrived, of one event when it is named. */
  arrived(event?: string): Frame[] {
    const frames = this.passed.filter(({ dir }) => dir === "in").map(({ frame }) => frame);
    return event === undefined ? frames : frames.filter((frame) => frame[3] === event);
  }

  /** Everything that the server owed for what was sent so far has arrived. */
  flush(): Promise<void> {
    return new Promise((answered) => this.socket.ping(() => answered()));
  }

  /** Cuts the connection, as a network does. */
  cut(): void {
    this.#current?.terminate();
  }

  close(): Promise<void> {
    return new Promise((closed) => this.socket.disconnect(closed));
  }
}

/** A root over a bare phoenix channel. */
export class Root {
  readonly channel: Channel;
  readonly patches: any[] = [];
  readonly joins: any[] = [];
  errors = 0;
  closes = 0;

  constructor(phoenix: Phoenix, module: string, id: string, params: object = {}) {
    this.channel = phoenix.socket.channel(`musubi:connection:${module}:${id}`, { module, id, params });
    this.channel.on("patch", (patch) => void this.patches.push(patch));
    this.channel.onError(() => void (this.errors += 1));
    this.channel.onClose(() => void (this.closes += 1));
  }

  join(): Promise<any> {
    return settled(this.channel.join().receive("ok", (reply: any) => this.joins.push(reply)));
  }

  command(name: string, payload: object = {}): Promise<any> {
    return settled(this.channel.push("command", { store_id: [], name, payload }));
  }

  leave(): Promise<any> {
    return settled(this.channel.leave());
  }
}

/** A push's first answer; `["ok", response]` or `["error", response]` or `["timeout"]`. */
export function settled(push: any): Promise<[string, any?]> {
  return new Promise((resolve) => {
    for (const status of ["ok", "error", "timeout"]) {
      push.receive(status, (response: any) => resolve([status, response]));
    }
  });
}
