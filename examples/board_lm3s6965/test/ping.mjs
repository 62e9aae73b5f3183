// A station on the wire that pings the board.
import { board_ip, checksum } from "./peer.mjs";

export class Pinger {
  answered = 0;
  ip = Buffer.from([10, 0, 2, 90]);
  mac = Buffer.from([0x02, 0, 0, 0, 0, 90]);

  /** Plugs it in, and asks for the board's Ethernet address. */
  static open(wire) {
    const pinger = new Pinger();
    pinger.wire = wire;
    wire.stations.set(pinger.mac.toString("hex"), (frame) => pinger.#take(frame));
    const everybody = Buffer.alloc(6, 0xff);
    const who_has = Buffer.from([0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1]);
    wire.toBoard(Buffer.concat([everybody, pinger.mac, who_has, pinger.mac, pinger.ip, Buffer.alloc(6), board_ip]));
    return pinger;
  }
  get knows_the_board() {
    return this.board_mac !== undefined;
  }
  ping() {
    const echo = Buffer.concat([Buffer.from([8, 0, 0, 0, 0, 1, 0, 1]), Buffer.alloc(56, 0x61)]);
    echo.writeUInt16BE(checksum(echo), 2);
    this.asked = echo.subarray(4); // identifier, sequence number and data
    const ip = Buffer.from([0x45, 0, 0, 20 + echo.length, 0, 0, 0, 0, 64, 1, 0, 0, ...this.ip, ...board_ip]);
    ip.writeUInt16BE(checksum(ip), 10);
    this.wire.toBoard(Buffer.concat([this.board_mac, this.mac, Buffer.from([0x08, 0x00]), ip, echo]));
  }
  #take(frame) {
    const type = frame.readUInt16BE(12);
    if (type === 0x0806 && frame.readUInt16BE(20) === 2) this.board_mac = Buffer.from(frame.subarray(22, 28));
    if (type !== 0x0800 || frame[23] !== 1) return;
    const icmp = frame.subarray(14 + (frame[14] & 15) * 4, 14 + frame.readUInt16BE(16));
    if (icmp[0] === 0 && icmp.subarray(4).equals(this.asked)) ++this.answered;
  }
}
