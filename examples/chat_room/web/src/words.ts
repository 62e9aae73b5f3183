import { MusubiCommandError } from "@musubi/react";

/** 1500 → "1.5 kB" */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}

/** Why a command did not do what it should, as a sentence. */
export function problem(error: unknown): string {
  const reason = MusubiCommandError.is(error) && error.kind === "failed" ? error.code : undefined;
  return reason === undefined || reason === "Disconnected"
    ? "The connection was lost. Please try again."
    : `That did not work: ${reason}.`;
}
