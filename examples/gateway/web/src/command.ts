import { MusubiCommandError } from "@musubi/client";

/** What a person is told of a command that failed. */
export function explain(error: unknown): string {
  if (MusubiCommandError.is(error)) {
    if (error.kind === "timeout") return "The gateway did not answer. Try again.";
    const { reason, expected } = (error.reply ?? {}) as { reason?: unknown; expected?: unknown };
    // A payload that does not even have the right form: {"reason":"invalid payload","expected":…}
    if (typeof expected === "string") return `The gateway expects: ${expected}.`;
    return typeof reason === "string" ? sentence(reason) : sentence(error.message);
  }
  return "The gateway is away. Try again when it is back.";
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
