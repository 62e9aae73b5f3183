// A station on the wire with its own TCP implementation. It can do what operating systems prevent: announce a zero
// window, send beyond the board's window, or fall silent in the middle of a connection.
export const board_ip = Buffer.from([10, 0, 2, 15]);
const flag = { fin: 1, syn: 2, reset: 4, push: 8, ack: 16 };
const segment_bytes = 536;
// Seconds until it repeats itself, and twice as many the next time: RFC 6298's for what opens a connection, and Linux's
// least for data.
const first_wait = { connection: 1, data: 0.2 };
let stations = 0;

export class Peer {
  received = "";
  connected = false;
  ended = false;
  refused = false; // reset
  deaf = false; // hears no answer to its connection requests
  /** The window announced to the board: 0 stops reading. Sent with the next segment, or by `announce`. */
  window = 4096;

  /** Plugs in a new station, or one that returns with the same number, and opens a connection. */
  static open(wire, again) {
    const peer = new Peer();
    const number = again ?? 100 + (stations % 100);
    ++stations;
    peer.ip = Buffer.from([10, 0, 2, number]);
    peer.mac = Buffer.from([0x02, 0, 0, 0, 0, number]);
    peer.port = 20_000 + stations;
    peer.wire = wire;
    peer.sent = 1000 + stations * 77_777; // the next sequence number
    peer.acknowledged = peer.sent;
    peer.expected = 0;
    peer.theirs = 0; // their window
    peer.queue = Buffer.alloc(0); // from `acknowledged` on
    wire.stations.set(peer.mac.toString("hex"), (frame) => peer.#take(frame));
    peer.#start_waiting(first_wait.connection);
    wire.watches.add((peer.watch = (now) => peer.#again(now)));
    peer.#ask_for_address();
    return peer;
  }

  /** Sends segments of `piece` bytes, as the board's window allows. */
  send(bytes, piece = segment_bytes) {
    this.piece = piece;
    this.queue = Buffer.concat([this.queue, Buffer.from(bytes)]);
    this.#flow();
  }
  /** Sends immediately, even beyond the board's window, and never again. */
  flood(bytes) {
    for (let at = 0; at < bytes.length; at += segment_bytes) {
      const piece = bytes.subarray(at, at + segment_bytes);
      this.#segment(flag.ack | flag.push, piece, this.sent + at);
    }
  }
  announce() {
    this.#segment(flag.ack);
  }
  /** Falls silent: sends nothing more, not even answers. */
  vanish() {
    this.wire.watches.delete(this.watch);
    this.wire.stations.set(this.mac.toString("hex"), () => {});
  }
  reset() {
    this.#segment(flag.reset | flag.ack);
    this.vanish();
  }

  #take(frame) {
    const type = frame.readUInt16BE(12);
    if (type === 0x0806) return this.#arp(frame);
    if (type !== 0x0800 || !frame.subarray(30, 34).equals(this.ip) || frame[23] !== 6) return;
    const tcp = frame.subarray(14 + (frame[14] & 15) * 4, 14 + frame.readUInt16BE(16));
    if (tcp.readUInt16BE(2) === this.port) this.#hear(tcp);
  }
  #hear(tcp) {
    const flags = tcp[13];
    if (this.ended || this.deaf) return; // only acknowledgements can come
    if (flags & flag.reset) {
      this.refused = this.ended = true;
      return this.vanish();
    }
    const number = tcp.readUInt32BE(4);
    this.theirs = tcp.readUInt16BE(14);
    if (flags & flag.syn) {
      this.expected = (number + 1) >>> 0;
      if (this.connected) return this.announce();
      this.connected = true;
      this.#start_waiting(first_wait.data);
      this.acknowledged = this.sent = (this.sent + 1) >>> 0;
      this.announce();
      return this.#flow();
    }
    const news = (tcp.readUInt32BE(8) - this.acknowledged) | 0;
    if (news > 0) {
      this.queue = this.queue.subarray(news);
      this.acknowledged = (this.acknowledged + news) >>> 0;
      this.#start_waiting(first_wait.data);
      if (((this.sent - this.acknowledged) | 0) < 0) this.sent = this.acknowledged;
    }
    const payload = tcp.subarray((tcp[12] >> 4) * 4);
    const expected = number === this.expected && payload.length <= this.window;
    if (expected) {
      this.received += payload.toString("latin1");
      this.expected = (number + payload.length + ((flags & flag.fin) !== 0 ? 1 : 0)) >>> 0;
      if (flags & flag.fin) return this.#end();
    }
    if (payload.length !== 0 || flags & flag.fin) this.announce();
    this.#flow();
  }
  /** Closes, after the board has closed. */
  #end() {
    this.ended = true;
    this.wire.watches.delete(this.watch);
    this.#segment(flag.fin | flag.ack);
    this.sent = (this.sent + 1) >>> 0;
  }
  #flow() {
    if (!this.connected || this.ended) return;
    for (;;) {
      const flying = (this.sent - this.acknowledged) | 0;
      const piece = this.queue.subarray(flying, flying + Math.min(this.piece, this.theirs - flying));
      if (flying >= this.queue.length || this.theirs <= flying) return;
      if (flying === 0) this.due = this.wire.now + this.wait;
      this.#segment(flag.ack | flag.push, piece);
      this.sent = (this.sent + piece.length) >>> 0;
    }
  }
  #start_waiting(seconds) {
    this.wait = seconds;
    this.due = this.wire.now + seconds;
  }
  /** Repeats what the board has not answered or acknowledged. */
  #again(now) {
    if (now < this.due || (this.connected && this.sent === this.acknowledged)) return;
    this.#start_waiting(2 * this.wait);
    if (!this.connected) return this.board_mac === undefined ? this.#ask_for_address() : this.#segment(flag.syn);
    this.sent = this.acknowledged;
    this.#flow();
  }

  #segment(flags, payload = Buffer.alloc(0), number = this.sent) {
    const tcp = Buffer.alloc(20);
    tcp.writeUInt16BE(this.port, 0);
    tcp.writeUInt16BE(80, 2);
    tcp.writeUInt32BE(number >>> 0, 4);
    tcp.writeUInt32BE(this.expected, 8);
    tcp.writeUInt8(5 << 4, 12);
    tcp.writeUInt8(flags, 13);
    tcp.writeUInt16BE(this.window, 14);
    const length = Buffer.from([0, 6, 0, 0]);
    length.writeUInt16BE(20 + payload.length, 2);
    tcp.writeUInt16BE(checksum(Buffer.concat([this.ip, board_ip, length, tcp, payload])), 16);
    const ip = Buffer.from([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0, ...this.ip, ...board_ip]);
    ip.writeUInt16BE(40 + payload.length, 2);
    ip.writeUInt16BE(checksum(ip), 10);
    const ethernet = Buffer.concat([this.board_mac, this.mac, Buffer.from([0x08, 0x00])]);
    this.wire.toBoard(Buffer.concat([ethernet, ip, tcp, payload]));
  }

  #ask_for_address() {
    this.#say_arp(1, Buffer.alloc(6, 0xff), Buffer.alloc(6));
  }
  #arp(frame) {
    const asked = frame.readUInt16BE(20) === 1;
    if (!frame.subarray(38, 42).equals(this.ip)) return;
    const first = this.board_mac === undefined;
    this.board_mac = Buffer.from(frame.subarray(22, 28));
    if (asked) return this.#say_arp(2, this.board_mac, this.board_mac);
    if (first) this.#segment(flag.syn);
  }
  #say_arp(operation, to, target) {
    const head = Buffer.from([0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, operation]);
    this.wire.toBoard(Buffer.concat([to, this.mac, head, this.mac, this.ip, target, board_ip]));
  }
}

export function checksum(bytes) {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
