// Clients of the board: the npm phoenix client, and raw ones that behave as no browser does.
import { randomBytes } from "node:crypto";
import { get } from "node:http";
import { connect } from "node:net";
import { Socket } from "../../../packages/node_modules/phoenix/priv/static/phoenix.mjs";
// Not Node's own WebSocket: in version 20 it stops connecting after an attempt that timed out.
import WebSocket from "../../../tests/e2e/node_modules/ws/wrapper.mjs";

export const module_name = "Home.Stores.Thermostat";

/** A browser tab: one socket, one mounted root, its state kept by the replaces this store sends. */
export class Browser {
  static #all = new Set();
  /** Closes everything that a test left open, because a socket without a board would try to reconnect forever. */
  static leave() {
    for (const each of Browser.#all) each.socket.disconnect();
    for (const each of Browser.#all) each.socket.clearHeartbeats();
    Browser.#all.clear();
  }
  /** With `ca`, an authority in PEM, over wss. */
  static open(port, id, params = {}, ca = undefined) {
    const browser = new Browser();
    Browser.#all.add(browser);
    browser.state = undefined;
    browser.patches = 0;
    browser.opened = 0; // how often it was connected
    const soon = () => 50; // its timers are not on the board's clock: `heartbeat` and `miss_heartbeat` are for that
    const trusting = class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { ca });
      }
    };
    browser.socket = new Socket(`${ca ? "wss" : "ws"}://127.0.0.1:${port}/socket`, {
      transport: ca ? trusting : WebSocket,
      heartbeatIntervalMs: 2 ** 31 - 1,
      reconnectAfterMs: soon,
      rejoinAfterMs: soon,
    });
    browser.socket.onOpen(() => ++browser.opened);
    browser.socket.connect();
    browser.channel = browser.socket.channel(`musubi:connection:${id}`, { module: module_name, id, params });
    browser.channel.on("patch", (envelope) => browser.#take(envelope));
    return new Promise((done, failed) => {
      const giveUp = setTimeout(() => failed(new Error(`${id} was not let in`)), 12_000);
      const ended = (how) => {
        clearTimeout(giveUp);
        how();
      };
      browser.channel
        .join(12_000)
        .receive("ok", () => ended(() => done(browser)))
        .receive("error", (reply) => ended(() => failed(new Error(JSON.stringify(reply)))));
    });
  }
  #take(envelope) {
    ++this.patches;
    for (const { op, path, value } of envelope.ops) {
      if (op !== "replace") throw new Error(`unexpected ${op} ${path}`);
      if (path === "") this.state = value;
      else this.state[path.slice(1)] = value;
    }
  }
  command(name, payload = {}) {
    return new Promise((done) => {
      this.channel
        .push("command", { name, store_id: [], payload }, 10_000)
        .receive("ok", (reply) => done({ ok: reply }))
        .receive("error", (reply) => done({ error: reply }))
        .receive("timeout", () => done({ timeout: true }));
    });
  }
  /** Sends a heartbeat, as phoenix.js does every thirty seconds. */
  heartbeat() {
    this.socket.clearHeartbeats(); // it forgets a timer of 25 days if it sends another one before the answer
    this.socket.sendHeartbeat();
  }
  /** Does what phoenix.js does after an unanswered heartbeat. */
  miss_heartbeat() {
    this.socket.sendHeartbeat();
    this.socket.heartbeatTimeout();
  }
  close() {
    return new Promise((done) =>
      this.socket.disconnect(() => {
        this.socket.clearHeartbeats();
        done();
      }),
    );
  }
}

export const upgrade = [
  "GET /socket/websocket?vsn=2.0.0 HTTP/1.1",
  "Host: 192.0.2.1",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "",
  "",
].join("\r\n");

/** One message as a client's frame, by default a text frame. */
export function frame(content, opcode = 1) {
  const payload = Buffer.from(content);
  const mask = randomBytes(4);
  const header =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | payload.length])
      : Buffer.from([0x80 | opcode, 0xfe, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([header, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

export const join_message = (id) =>
  JSON.stringify(["1", "1", `musubi:connection:${id}`, "phx_join", { module: module_name, id, params: {} }]);
export const command_message = (id, ref, name, payload) =>
  JSON.stringify(["1", String(ref), `musubi:connection:${id}`, "command", { name, store_id: [], payload }]);

export const heartbeat_message = (ref) => JSON.stringify([null, ref, "phoenix", "heartbeat", {}]);
export const close_frame = () => frame([0x03, 0xe8], 8);

/** The status of its page, on a connection of its own; `host` is the name that it is asked for by. */
export function status(port, host = "127.0.0.1") {
  return new Promise((done, failed) => {
    const asked = get({ host: "127.0.0.1", port, headers: { Host: host }, agent: false }, (response) => {
      response.resume().on("end", () => done(response.statusCode));
    });
    asked.on("error", failed);
  });
}

/** A TCP connection that stores everything it receives as text. */
export class Raw {
  static open(port) {
    const raw = new Raw();
    raw.received = "";
    raw.ended = false;
    raw.tcp = connect(port, "127.0.0.1");
    raw.tcp.on("data", (data) => (raw.received += data.toString("latin1")));
    raw.tcp.on("error", () => (raw.ended = true));
    raw.tcp.on("close", () => (raw.ended = true));
    return new Promise((done) => raw.tcp.once("connect", () => done(raw)));
  }
}
