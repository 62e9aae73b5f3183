// Frames for the board that no sane station sends, and many that one might. The same in every run.
import { board_ip, checksum } from "./peer.mjs";

/** Plain bytes that look random. */
function noise(length, seed) {
  const made = Buffer.alloc(length);
  for (let i = 0; i < length; ++i) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    made[i] = seed >>> 24;
  }
  return made;
}

/** An IPv4 packet to the board; `change` spoils its header before the checksum is made. */
function packet(from, protocol, payload, change = () => {}) {
  const ip = Buffer.from([0x45, 0, 0, 0, 0, 7, 0, 0, 64, protocol, 0, 0, 10, 0, 2, from, ...board_ip]);
  ip.writeUInt16BE(20 + payload.length, 2);
  change(ip);
  ip.writeUInt16BE(checksum(ip), 10);
  return Buffer.concat([ip, payload]);
}

function segment(from, seed, flags) {
  const tcp = noise(20 + (seed % 64), seed);
  tcp.writeUInt16BE(80, 2);
  tcp[12] = (5 + (seed % 3 === 0 ? seed % 11 : 0)) << 4; // some claim more header than there is
  tcp[13] = flags ?? seed % 64;
  tcp.writeUInt16BE(0, 16);
  const pseudo = Buffer.from([10, 0, 2, from, ...board_ip, 0, 6, 0, 0]);
  pseudo.writeUInt16BE(tcp.length, 10);
  tcp.writeUInt16BE(checksum(Buffer.concat([pseudo, tcp])), 16);
  return tcp;
}

/** name -> the frames' contents behind the Ethernet addresses: type and payload. */
export const garbage = {
  "runts and noise": [...Array(60).keys()].map((i) => noise(2 + ((i * 37) % 1500), i)),
  "packets whose lengths are wrong": [0, 1, 2, 3, 4, 6, 15].flatMap((words) =>
    [0, 19, 20, 21, 1400, 65535].map((length) =>
      Buffer.concat([
        Buffer.from([0x08, 0x00]),
        packet(91, 6, noise(40, words), (ip) => {
          ip[0] = 0x40 | words;
          ip.writeUInt16BE(length, 2);
        }),
      ]),
    ),
  ),
  fragments: [...Array(100).keys()].map((i) =>
    Buffer.concat([
      Buffer.from([0x08, 0x00]),
      packet(92, 6, noise(400, i), (ip) => ip.writeUInt16BE((i % 2 ? 0x2000 : 0) | (i * 50) % 8192, 6)),
    ]),
  ),
  "pings of 1,400 bytes": [...Array(300).keys()].map((i) => {
    const echo = Buffer.concat([Buffer.from([8, 0, 0, 0, 0, 9, i >> 8, i & 255]), noise(1392, i)]);
    echo.writeUInt16BE(checksum(echo), 2);
    return Buffer.concat([Buffer.from([0x08, 0x00]), packet(93, 1, echo)]);
  }),
  "ARP requests": [...Array(300).keys()].map((i) => {
    const head = Buffer.from([0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1]);
    const mac = Buffer.from([0x02, 1, 0, 0, i >> 8, i & 255]);
    return Buffer.concat([head, mac, Buffer.from([10, 0, 2, 100 + (i % 150)]), Buffer.alloc(6), board_ip]);
  }),
  "TCP segments of no connection": [...Array(300).keys()].map((i) =>
    Buffer.concat([Buffer.from([0x08, 0x00]), packet(94, 6, segment(94, i * 7919 + 1, i % 3 === 0 ? 2 : undefined))]),
  ),
};
