// A station on the wire that asks by mDNS.
const group = Buffer.from([224, 0, 0, 251]);
const group_mac = Buffer.from([0x01, 0x00, 0x5e, 0, 0, 0xfb]);
export const type = { a: 1, ptr: 12, txt: 16, srv: 33, any: 255 };

export class Querier {
  /** Records of all answers so far: { name, type, data, lifetime }. */
  heard = [];
  ip = Buffer.from([10, 0, 2, 77]);
  mac = Buffer.from([0x02, 0, 0, 0, 0, 77]);

  constructor(wire) {
    this.wire = wire;
    wire.stations.set(group_mac.toString("hex"), (frame) => this.#take(frame));
  }
  ask(name, kind) {
    this.say(Buffer.concat([header({ questions: 1 }), labels(name), numbers(kind, 1)]));
  }
  /** Sends this to port 5353 of everybody. */
  say(message) {
    const udp = Buffer.concat([numbers(5353, 5353, 8 + message.length, 0), message]);
    const ip = Buffer.from([0x45, 0, 0, 0, 0, 0, 0, 0, 255, 17, 0, 0, ...this.ip, ...group]);
    ip.writeUInt16BE(20 + udp.length, 2);
    let sum = 0;
    for (let at = 0; at < ip.length; at += 2) sum += ip.readUInt16BE(at);
    ip.writeUInt16BE(~((sum & 0xffff) + (sum >>> 16)) & 0xffff, 10);
    this.wire.toBoard(Buffer.concat([group_mac, this.mac, Buffer.from([8, 0]), ip, udp]));
  }
  /** The data of a record that was heard, or undefined. */
  answer(name, kind) {
    return this.heard.find((each) => each.name === name && each.type === kind)?.data;
  }

  #take(frame) {
    const ip = frame.subarray(14);
    if (frame.readUInt16BE(12) !== 0x0800 || ip[9] !== 17) return;
    const message = ip.subarray((ip[0] & 15) * 4 + 8, ip.readUInt16BE(2));
    if ((message[2] & 0x80) === 0) return; // a question
    let at = 12;
    for (let left = message.readUInt16BE(4); left > 0; --left) at = read_name(message, at).end + 4;
    const count = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10);
    for (let left = count; left > 0; --left) {
      const { name, end } = read_name(message, at);
      const kind = message.readUInt16BE(end);
      const size = message.readUInt16BE(end + 8);
      at = end + 10 + size;
      const data = read_data(kind, message, end + 10, size);
      this.heard.push({ name, type: kind, lifetime: message.readUInt32BE(end + 4), data });
    }
  }
}

export function header({ flags = 0, questions = 0, answers = 0 }) {
  return numbers(0, flags, questions, answers, 0, 0);
}

function numbers(...all) {
  const bytes = Buffer.alloc(2 * all.length);
  all.forEach((each, i) => bytes.writeUInt16BE(each, 2 * i));
  return bytes;
}

function labels(name) {
  return Buffer.concat([...name.split(".").map((each) => Buffer.from([each.length, ...Buffer.from(each)])), Buffer.alloc(1)]);
}

function read_name(message, at) {
  const parts = [];
  let end;
  while (message[at] !== 0) {
    if (message[at] >= 0xc0) {
      end ??= at + 2;
      at = message.readUInt16BE(at) & 0x3fff;
    } else {
      parts.push(message.subarray(at + 1, at + 1 + message[at]).toString());
      at += 1 + message[at];
    }
  }
  return { name: parts.join("."), end: end ?? at + 1 };
}

function read_data(kind, message, at, size) {
  if (kind === type.a) return [...message.subarray(at, at + size)].join(".");
  if (kind === type.ptr) return read_name(message, at).name;
  if (kind === type.srv) return { port: message.readUInt16BE(at + 4), host: read_name(message, at + 6).name };
  if (kind !== type.txt) return undefined;
  const texts = [];
  for (const end = at + size; at < end; at += 1 + message[at]) {
    texts.push(message.subarray(at + 1, at + 1 + message[at]).toString());
  }
  return texts;
}
