import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { servePage } from "./pages.js";
import type { Frame } from "./wire.js";

/** What a command is answered with: the error reply of a refusal, or nothing, which is success. */
export type Answer = { reason: string; field?: string } | undefined;

/**
 * A server for the page of one example, in every state that a test wants to look at. The page is the
 * built one; what the device says is said here.
 */
export class Stage {
  /** The state of the root; `tell` sends it to the page. */
  state: Record<string, unknown> = {};
  /** Whether joins are answered; if not, the page waits for its first state. */
  answering = true;
  /** The status of refused upgrades, and what a plain GET of the same path is told. */
  refusing: { status: number; reason: string } | undefined;
  /** What a command does. */
  command: (name: string, payload: any) => Answer = () => undefined;
  /** Upgrades that were tried. */
  upgrades = 0;

  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #roots = new Map<WebSocket, { join: Frame; version: number }>();

  private constructor(example: string) {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://stage");
      if (pathname !== "/socket/websocket") return servePage(example, request, response);
      const { status, reason } = this.refusing ?? { status: 400, reason: "missing Upgrade: websocket" };
      response.writeHead(status, { "Content-Type": "text/plain" }).end(`${reason}\n`);
    });
    this.#server.on("upgrade", (request, socket, head) => {
      this.upgrades += 1;
      if (this.refusing !== undefined) return refuse(socket, this.refusing.status);
      this.#sockets.handleUpgrade(request, socket, head, (each) => this.#serve(each));
    });
  }

  static async open(example: string): Promise<Stage> {
    const stage = new Stage(example);
    await new Promise<void>((listening) => stage.#server.listen(0, "127.0.0.1", listening));
    return stage;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The state has changed: so much of it as is given. */
  tell(change: Record<string, unknown> = {}): void {
    Object.assign(this.state, change);
    for (const each of this.#roots.keys()) this.#patch(each);
  }

  /** Cuts every connection. */
  cut(): void {
    for (const each of this.#roots.keys()) each.terminate();
    this.#roots.clear();
  }

  async close(): Promise<void> {
    for (const each of this.#sockets.clients) each.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  #serve(socket: WebSocket): void {
    socket.on("message", (data) => this.#receive(socket, JSON.parse(String(data)) as Frame));
    socket.on("close", () => this.#roots.delete(socket));
  }

  #receive(socket: WebSocket, frame: Frame): void {
    const [joinRef, ref, topic, event, payload] = frame as [string, string, string, string, any];
    const reply = (status: string, response: object) =>
      socket.send(JSON.stringify([joinRef, ref, topic, "phx_reply", { status, response }]));
    if (event === "phx_join" && !this.answering) return;
    if (event === "phx_join") {
      this.#roots.set(socket, { join: frame, version: 0 });
      reply("ok", { root_id: `${payload.module}:${payload.id}` });
      this.#patch(socket);
    } else if (event === "command") {
      const refused = this.command(payload.name, payload.payload);
      reply(refused === undefined ? "ok" : "error", refused ?? {});
      if (refused === undefined) this.tell();
    } else {
      reply("ok", {});
    }
  }

  /** One replace of everything: what is tested here is the page, not the diff. */
  #patch(socket: WebSocket): void {
    const root = this.#roots.get(socket);
    if (root === undefined) return;
    const [joinRef, , topic, , { module, id }] = root.join as [string, string, string, string, any];
    const value = { __musubi_store_id__: [], ...this.state };
    const patch = {
      type: "patch",
      root_id: `${module}:${id}`,
      base_version: root.version,
      version: (root.version += 1),
      ops: [{ op: "replace", path: "", value }],
      stream_ops: [],
      upload_ops: [],
      events: [],
    };
    socket.send(JSON.stringify([joinRef, null, topic, "patch", patch]));
  }
}

export function refuse(socket: Duplex, status: number): void {
  socket.on("error", () => {}); // a page that is reloaded resets it
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
