import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { onText } from "./text.js";

test("a character that two reads bring in parts is told whole", async () => {
  const stream = new PassThrough();
  let heard = "";
  onText(stream, (text) => (heard += text));
  for (const byte of Buffer.from("▀ 21 °C █")) stream.write(Buffer.of(byte));
  stream.end();
  await new Promise((done) => stream.once("close", done));
  expect(heard).toBe("▀ 21 °C █");
});
