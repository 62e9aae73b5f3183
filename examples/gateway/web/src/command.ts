import { MusubiCommandError } from "@musubi/client";

/** The message for people about a failed command. */
export function explain(error: unknown): string {
  if (MusubiCommandError.is(error)) {
    if (error.kind === "timeout") return "The gateway did not answer. Try again.";
    const { reason, expected } = (error.reply ?? {}) as { reason?: unknown; expected?: unknown };
    if (reason === "forbidden") return `This needs ${String(expected)}.`;
    // A payload of the wrong form: {"reason":"invalid payload","expected":…}
    if (typeof expected === "string") return `The gateway expects: ${expected}.`;
    return typeof reason === "string" ? sentence(reason) : sentence(error.message);
  }
  return "The connection is lost. Try again when it is back.";
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
