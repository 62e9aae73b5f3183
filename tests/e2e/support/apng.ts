import { crc32, deflateSync, inflateSync } from "node:zlib";

// Screenshots as an animated PNG (https://www.w3.org/TR/png-3/, whose third edition has APNG). Of each picture
// only the rectangle that differs from the one before is written, and in it what is the same is transparent.

interface Picture {
  width: number;
  height: number;
  /** RGBA. */
  pixels: Buffer;
}
interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** What filter `kind` predicts from the bytes to the left, above, and above to the left. */
function predicted(kind: number, a: number, b: number, c: number): number {
  return [0, a, b, (a + b) >> 1, paeth(a, b, c)][kind] ?? 0;
}

/** A PNG as Chromium writes it: 8 bits, RGB or RGBA, not interlaced. */
function read(png: Buffer): Picture {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const depth = png[25] === 6 ? 4 : 3;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") {
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const rows = inflateSync(Buffer.concat(data));
  const stride = width * depth;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const kind = rows[y * (stride + 1)]!;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const a = x < depth ? 0 : pixels[at - depth]!;
      const b = y === 0 ? 0 : pixels[at - stride]!;
      const c = x < depth || y === 0 ? 0 : pixels[at - stride - depth]!;
      pixels[at] = rows[y * (stride + 1) + 1 + x]! + predicted(kind, a, b, c);
    }
  }
  if (depth === 4) return { width, height, pixels };
  const opaque = Buffer.alloc(width * height * 4, 255);
  for (let i = 0; i < width * height; i += 1) pixels.copy(opaque, 4 * i, 3 * i, 3 * i + 3);
  return { width, height, pixels: opaque };
}

/** Whether a pixel is the same in two pictures of one size. */
function same(a: Picture, b: Picture, x: number, y: number): boolean {
  const at = (y * a.width + x) * 4;
  return a.pixels.readUInt32LE(at) === b.pixels.readUInt32LE(at);
}

/** Where two pictures of one size differ; null if nowhere. */
function difference(before: Picture, after: Picture): Rectangle | null {
  let [left, top, right, bottom] = [after.width, after.height, -1, -1];
  for (let y = 0; y < after.height; y += 1) {
    for (let x = 0; x < after.width; x += 1) {
      if (same(before, after, x, y)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), y];
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** A rectangle of it as PNG's image data, without what is the same in `before`; each row has the filter that leaves least. */
function write(picture: Picture, before: Picture | undefined, part: Rectangle): Buffer {
  const stride = part.width * 4;
  const shown = Buffer.alloc(stride * part.height); // transparent
  for (let y = 0; y < part.height; y += 1) {
    for (let x = 0; x < part.width; x += 1) {
      if (before !== undefined && same(before, picture, part.left + x, part.top + y)) continue;
      const from = ((part.top + y) * picture.width + part.left + x) * 4;
      picture.pixels.copy(shown, y * stride + 4 * x, from, from + 4);
    }
  }
  const rows = Buffer.alloc((stride + 1) * part.height);
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : shown[y * stride + x]!);
  for (let y = 0; y < part.height; y += 1) {
    let least = Infinity;
    for (let kind = 0; kind < 5; kind += 1) {
      const row = Buffer.alloc(stride + 1, kind);
      let sum = 0;
      for (let x = 0; x < stride; x += 1) {
        const made = (at(x, y) - predicted(kind, at(x - 4, y), at(x, y - 1), at(x - 4, y - 1))) & 255;
        row[x + 1] = made;
        sum += Math.min(made, 256 - made);
      }
      if (sum >= least) continue;
      least = sum;
      row.copy(rows, y * (stride + 1));
    }
  }
  return deflateSync(rows, { level: 9, memLevel: 9 });
}

function chunk(name: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), ...parts]);
  return Buffer.concat([numbers(body.length - 4), body, numbers(crc32(body))]);
}
function numbers(...values: number[]): Buffer {
  const made = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => made.writeUInt32BE(value >>> 0, 4 * i));
  return made;
}

export interface Frame {
  png: Buffer;
  /** How long it is shown. */
  milliseconds: number;
}

/** Pictures of one size, shown one after the other and again from the start. */
export function animated(frames: readonly Frame[]): Buffer {
  const shown: { picture: Picture; before: Picture | undefined; part: Rectangle; milliseconds: number }[] = [];
  for (const { png, milliseconds } of frames) {
    const picture = read(png);
    const last = shown.at(-1);
    const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
    const part = last === undefined ? whole : difference(last.picture, picture);
    if (part === null) last!.milliseconds += milliseconds;
    else shown.push({ picture, before: last?.picture, part, milliseconds });
  }
  const [first] = shown;
  if (first === undefined) throw new Error("no pictures");
  let sequence = 0;
  const chunks = [
    chunk("IHDR", numbers(first.picture.width, first.picture.height), Buffer.from([8, 6, 0, 0, 0])),
    chunk("acTL", numbers(shown.length, 0)),
  ];
  for (const { picture, before, part, milliseconds } of shown) {
    const times = Buffer.from([milliseconds >> 8, milliseconds & 255, 1000 >> 8, 1000 & 255]);
    const place = numbers(sequence++, part.width, part.height, part.left, part.top);
    chunks.push(chunk("fcTL", place, times, Buffer.from([0, 1]))); // stays; over what was there
    const data = write(picture, before, part);
    chunks.push(picture === first.picture ? chunk("IDAT", data) : chunk("fdAT", numbers(sequence++), data));
  }
  return Buffer.concat([signature, ...chunks, chunk("IEND")]);
}
