// The wire between the board and the rest of its network. This process carries each frame, so that it can lose some or
// all of them. Other stations can be plugged in besides QEMU's user network.
import { createServer } from "node:net";
import { join } from "node:path";

/** A random generator that gives the same losses in every run. */
function* random(seed) {
  for (;;) {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

export class Wire {
  /** The share of the frames lost in each direction; 1: all of them. */
  loss = 0;
  /** Whether the board's frames wait for `advance`, so that the network does not depend on this machine's time. */
  paced = false;
  /** Of its frames, those to a DHCP server. */
  asked_for_address = 0;
  carried = 0;
  lost = 0;
  stations = new Map(); // Ethernet address in hex -> function that is given the board's frames to it
  /** Seconds of the board's clock, and functions that are told of them. */
  now = 0;
  watches = new Set();
  #dice = random(20_000);
  #ends = {};
  #waiting = [];

  static async open(folder) {
    const wire = new Wire();
    await Promise.all([
      wire.#listen(folder, "board", (frame) => (wire.paced ? wire.#waiting.push(frame) : wire.#fromBoard(frame))),
      wire.#listen(folder, "outside", (frame) => wire.toBoard(frame)),
    ]);
    return wire;
  }
  toBoard(frame) {
    if (this.#survives()) write(this.#ends.board, frame);
  }
  /** The board has run, and is stopped at `now` of its clock. */
  advance(now) {
    this.now = now;
    for (const frame of this.#waiting.splice(0)) this.#fromBoard(frame);
    for (const watch of this.watches) watch(now);
  }
  #fromBoard(frame) {
    const is_udp = frame.readUInt16BE(12) === 0x0800 && frame[23] === 17;
    if (is_udp && frame.readUInt16BE(16 + (frame[14] & 15) * 4) === 67) ++this.asked_for_address;
    if (!this.#survives()) return;
    const to = frame.subarray(0, 6).toString("hex");
    const station = this.stations.get(to);
    if (station !== undefined) return station(frame);
    write(this.#ends.outside, frame);
    if (to === "ffffffffffff") for (const each of this.stations.values()) each(frame);
  }
  #survives() {
    ++this.carried;
    if (this.#dice.next().value >= this.loss) return true;
    ++this.lost;
    return false;
  }
  /** QEMU writes the length of a frame before it. */
  #listen(folder, name, take) {
    const server = createServer((end) => {
      server.close();
      this.#ends[name] = end;
      let bytes = Buffer.alloc(0);
      end.on("error", () => {});
      end.on("data", (more) => {
        bytes = Buffer.concat([bytes, more]);
        while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE()) {
          const size = bytes.readUInt32BE();
          take(bytes.subarray(4, 4 + size));
          bytes = bytes.subarray(4 + size);
        }
      });
    });
    return new Promise((done) => server.listen(join(folder, `wire.${name}`), done));
  }
}

function write(end, frame) {
  if (end === undefined || end.destroyed) return;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  end.write(Buffer.concat([length, frame]));
}
