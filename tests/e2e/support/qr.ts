import jsQR from "jsqr";

/** The text of the QR code in what a program printed: lines of half blocks, dark or light ones. */
export function readCode(printed: string): string | undefined {
  const rows: boolean[][] = [];
  for (const line of printed.split(/\r?\n/)) {
    const coloured = line.startsWith("\x1b[38;5;16;48;5;231m"); // black on white
    const characters = [...line.replace(/\x1b\[[0-9;]*m/g, "")];
    if (characters.length < 21 || !characters.every((each) => " \u2580\u2584\u2588".includes(each))) continue;
    rows.push(characters.map((each) => (each === "\u2588" || each === "\u2580") === coloured));
    rows.push(characters.map((each) => (each === "\u2588" || each === "\u2584") === coloured));
  }
  return readModules(rows);
}

/** The text of the code in an image by `musubi::qr::svg`: its dark modules are runs in the second path. */
export function readSvg(image: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) /.exec(image)?.[1] ?? 0);
  const rows = Array.from({ length: side }, () => Array<boolean>(side).fill(false));
  const dark = /<path d="([^"]*)"/.exec(image)?.[1] ?? "";
  for (const [, x, y, length] of dark.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  }
  return readModules(rows);
}

/** The text of the code in a picture, of which each pixel is a shade of grey. */
export function readPixels(greys: Uint8ClampedArray, width: number, height: number): string | undefined {
  const pixels = new Uint8ClampedArray(greys.length * 4).fill(255);
  greys.forEach((grey, at) => pixels.fill(grey, at * 4, at * 4 + 3));
  return jsQR(pixels, width, height, { inversionAttempts: "dontInvert" })?.data;
}

function readModules(rows: boolean[][]): string | undefined {
  const scale = 4;
  const [width, height] = [(rows[0]?.length ?? 0) * scale, rows.length * scale];
  if (width === 0) return undefined;
  const pixels = new Uint8ClampedArray(width * height).fill(255);
  for (let y = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x) {
      if (rows[Math.floor(y / scale)]?.[Math.floor(x / scale)]) pixels[y * width + x] = 0;
    }
  }
  return readPixels(pixels, width, height);
}
