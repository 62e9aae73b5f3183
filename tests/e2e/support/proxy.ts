import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import WebSocket, { WebSocketServer } from "ws";
import type { Program } from "./program.js";
import { refuse } from "./stage.js";
import type { Frame } from "./wire.js";

/** What becomes of a frame on its way. */
export type Fate = "pass" | "hold" | "kill";

/** A reverse proxy in front of a program, below a path, that may stand in the way. */
export class Proxy {
  /** Decides about each text frame; `kill` ends the connection, `hold` keeps the frame for `release`. */
  fate: (frame: Frame, from: "page" | "server") => Fate = () => "pass";
  /** Whether nobody is found behind it. */
  down = false;
  /** Whether only WebSockets get nowhere, as behind a proxy that drops `Upgrade`. */
  blocking = false;
  /** WebSockets that pages have tried to open. */
  upgrades = 0;

  readonly #program: Program;
  readonly #path: string;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #held: (() => void)[] = [];

  private constructor(program: Program, path: string) {
    this.#program = program;
    this.#path = path;
    this.#server = createServer((request, response) => {
      if (this.down) return void request.socket.destroy();
      const inner = this.#inner(request.url);
      if (inner === undefined) return void response.writeHead(404).end();
      const { method, headers } = request; // Host included, as a proxy should
      // a connection that is kept may be one that the program is just about to close
      const onward = ask(program.url("http", inner), { method, headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.writeHead(502).end());
      request.pipe(onward);
    });
    this.#server.on("upgrade", (request, socket, head) => {
      this.upgrades += 1;
      const inner = this.#inner(request.url);
      if (this.down) return void socket.destroy();
      if (inner === undefined) return refuse(socket, 404);
      if (this.blocking) return refuse(socket, 400);
      const onward = new WebSocket(this.#program.url("ws", inner), { perMessageDeflate: false });
      onward.on("unexpected-response", (_request, answer) => {
        refuse(socket, answer.statusCode ?? 502);
        answer.resume();
      });
      onward.on("error", () => socket.destroy());
      onward.on("open", () =>
        this.#sockets.handleUpgrade(request, socket, head, (page) => {
          this.#join(page, onward, "page");
          this.#join(onward, page, "server");
        }),
      );
    });
  }

  static async open(program: Program, path = "/"): Promise<Proxy> {
    const proxy = new Proxy(program, path);
    await new Promise<void>((listening) => proxy.#server.listen(0, "127.0.0.1", listening));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#path}`;
  }

  /** Lets pass what was held. */
  release(): void {
    for (const pass of this.#held.splice(0)) pass();
  }

  /** Cuts every connection. */
  cut(): void {
    for (const each of this.#sockets.clients) each.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  #inner(url = "/"): string | undefined {
    return url.startsWith(this.#path) ? `/${url.slice(this.#path.length)}` : undefined;
  }

  #join(from: WebSocket, to: WebSocket, name: "page" | "server"): void {
    from.on("message", (data, binary) => {
      const pass = (): void => to.send(data, { binary });
      const fate = binary ? "pass" : this.fate(JSON.parse(String(data)) as Frame, name);
      if (fate === "pass") pass();
      else if (fate === "hold") this.#held.push(pass);
      else from.terminate();
    });
    from.on("close", () => to.terminate());
  }
}
