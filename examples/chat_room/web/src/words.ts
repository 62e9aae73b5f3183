import { MusubiCommandError } from "@musubi/react";

/** 1500 → "1.5 kB" */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${Number((size / 1e6).toFixed(1))} MB`;
}

/** Why a command did not do what it should, as a sentence. */
export function problem(error: unknown): string {
  const reason = MusubiCommandError.is(error) && error.kind === "failed" ? error.code : undefined;
  return reason === undefined || reason === "Disconnected"
    ? "The connection was lost. Please try again."
    : `That did not work: ${reason}.`;
}

/** Why a file did not become a message. */
export function notShared(error: Musubi.UploadError, config: Musubi.UploadConfig): string {
  if (error.code === "not_accepted" && config.accept !== "any") {
    return `The file was not shared: its type is none of ${config.accept.join(", ")}.`;
  }
  if (error.code === "too_large") {
    return `The file was not shared: it is larger than ${bytes(config.maxFileSize)}.`;
  }
  return `The file was not shared: ${error.message}.`;
}
