// A broker for the board, and another of its clients.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { freePort, pause } from "./emulator.mjs";

const program = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "build/tools/mosquitto/usr/sbin/mosquitto"];

/** Mosquitto on a port of its own. */
export class Mosquitto {
  static async start() {
    const broker = new Mosquitto();
    broker.port = await freePort();
    broker.folder = mkdtempSync(join(tmpdir(), "board-broker-"));
    broker.configuration = join(broker.folder, "mosquitto.conf");
    const lines = [`listener ${broker.port} 127.0.0.1`, "allow_anonymous true", "persistence false"];
    writeFileSync(broker.configuration, [...lines, `user ${userInfo().username}`, "log_type error", ""].join("\n"));
    await broker.again();
    return broker;
  }
  /** Starts it, also after `kill`: it remembers nothing. */
  async again() {
    const found = program.find((each) => existsSync(each));
    if (found === undefined) throw new Error("no mosquitto; scripts/setup broker unpacks it");
    this.process = spawn(found, ["-c", this.configuration], { stdio: "ignore" });
    for (const end = Date.now() + 15_000; !(await this.#listens()); await pause(20)) {
      if (Date.now() > end) throw new Error("mosquitto does not listen");
    }
  }
  #listens() {
    return new Promise((answer) => {
      const socket = connect(this.port, "127.0.0.1");
      socket.on("connect", () => answer(true));
      socket.on("error", () => answer(false));
      socket.on("connect", () => socket.destroy());
    });
  }
  /** Ends it without a word. */
  async kill() {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGKILL");
    await ended;
  }
  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    rmSync(this.folder, { recursive: true });
  }
}

/** A server at the broker's port that answers what a test says. */
export async function falseBroker(answer) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    server.connections += 1;
    socket.on("error", () => {});
    socket.once("data", () => answer(socket));
  });
  server.connections = 0;
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  server.port = server.address().port;
  server.stop = () => {
    for (const each of sockets) each.destroy();
    return new Promise((done) => server.close(done));
  };
  return server;
}

const text = (value) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
function packet(head, ...parts) {
  const body = Buffer.concat(parts);
  const length = [];
  for (let left = body.length; ; left >>= 7) {
    length.push((left & 127) | (left > 127 ? 128 : 0));
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.from([head, ...length]), body]);
}
/** The bytes of a message, as a broker or a client sends it. */
export const message = (topic, payload, retained = false) =>
  packet(retained ? 0x31 : 0x30, text(topic), Buffer.from(payload));
export const accepted = Buffer.from([0x20, 2, 0, 0]);

/** Another client of the broker: what it subscribed to is in `values`, the latest of each topic. */
export class Client {
  values = {};
  messages = 0;
  static async open(port, name, filter) {
    const client = new Client();
    client.socket = connect(port, "127.0.0.1");
    client.socket.on("error", () => {});
    const ready = new Promise((done) =>
      eachPacket(client.socket, (whole) => {
        if (client.#take(whole) === 9) done();
      }),
    );
    client.socket.write(packet(0x10, text("MQTT"), Buffer.from([4, 2, 0, 0]), text(name)));
    client.socket.write(packet(0x82, Buffer.from([0, 1]), text(filter), Buffer.from([0])));
    await ready;
    return client;
  }
  publish(topic, payload, retained = false) {
    this.socket.write(message(topic, payload, retained));
  }
  close() {
    this.socket.destroy();
  }
  #take(whole) {
    const kind = whole[0] >> 4;
    if (kind !== 3) return kind;
    const { topic, rest } = messageIn(whole);
    this.values[topic] = rest.toString();
    ++this.messages;
    return kind;
  }
}

/** Calls `take` with each whole packet that a socket receives from now on. */
export function eachPacket(socket, take) {
  let bytes = Buffer.alloc(0);
  socket.on("data", (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (let size; (size = sizeOf(bytes)) !== undefined; bytes = bytes.subarray(size)) take(bytes.subarray(0, size));
  });
}
/** The topic of a message, and what follows it: with QoS 1 its identifier, then the payload. */
export function messageIn(whole) {
  const body = whole.subarray(whole.length < 130 ? 2 : 3);
  const end = 2 + body.readUInt16BE(0);
  return { topic: body.subarray(2, end).toString(), rest: body.subarray(end) };
}

/** Bytes of the first packet, if it is complete; no packet here is longer than 16 KB. */
function sizeOf(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] < 128;
  if (!short && bytes.length < 3) return undefined;
  const size = short ? 2 + bytes[1] : 3 + (bytes[1] & 127) + bytes[2] * 128;
  return bytes.length < size ? undefined : size;
}
