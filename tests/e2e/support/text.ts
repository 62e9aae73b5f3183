import type { Readable } from "node:stream";

/** Tells the text that a stream brings, by whole characters: a read may end in the middle of one. */
export function onText(stream: Readable | null, hear: (text: string) => void): void {
  stream?.setEncoding("utf8").on("data", hear);
}
