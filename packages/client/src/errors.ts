import { isObject, type StoreId } from "./wire.js";

/** `failed`: the server answered with an error; `timeout`: it did not answer. */
export type MusubiCommandErrorKind = "failed" | "timeout";

export interface MusubiCommandErrorOptions {
  kind: MusubiCommandErrorKind;
  command: string;
  storeId: StoreId;
  /** The server's error reply. */
  reply?: unknown;
  cause?: unknown;
}

/** A command that was refused or not answered. */
export class MusubiCommandError extends Error {
  readonly kind: MusubiCommandErrorKind;
  readonly command: string;
  readonly storeId: StoreId;
  readonly reply: unknown;
  /** The first string among the reply's `code`, `error` and `reason`. */
  readonly code: string | undefined;

  constructor({ kind, command, storeId, reply, cause }: MusubiCommandErrorOptions) {
    const code = codeOf(reply);
    super(messageFor(kind, command, code, reply), cause === undefined ? undefined : { cause });
    this.name = "MusubiCommandError";
    this.kind = kind;
    this.command = command;
    this.storeId = storeId;
    this.reply = reply;
    this.code = code;
  }

  /** Recognises the error by its name, so that two copies of this package understand each other. */
  static is(error: unknown): error is MusubiCommandError {
    return error instanceof Error && error.name === "MusubiCommandError";
  }
}

/** A mount that the server refused; its message is `Root join failed:` and the reason. */
export class MusubiMountError extends Error {
  /** The server's error reply. */
  readonly reply: unknown;
  /** The first string among the reply's `code`, `error` and `reason`. */
  readonly code: string | undefined;
  /** What the server refused: a parameter by its path, or a limit by its name; if it says so. */
  readonly field: string | undefined;

  constructor(reply: unknown) {
    super(`Root join failed: ${describeReply(reply)}`);
    this.name = "MusubiMountError";
    this.reply = reply;
    this.code = codeOf(reply);
    const field = isObject(reply) ? reply["field"] : undefined;
    this.field = typeof field === "string" ? field : undefined;
  }

  /** Recognises the error by its name, so that two copies of this package understand each other. */
  static is(error: unknown): error is MusubiMountError {
    return error instanceof Error && error.name === "MusubiMountError";
  }
}

/** What a failed join or command says of itself: a string that it carries, or all of it as JSON. */
export function describeReply(reply: unknown): string {
  return codeOf(reply) ?? toJson(reply);
}

function codeOf(reply: unknown): string | undefined {
  if (typeof reply !== "object" || reply === null) return undefined;
  const { code, error, reason } = reply as Record<string, unknown>;
  return [code, error, reason].find((value) => typeof value === "string");
}

function messageFor(
  kind: MusubiCommandErrorKind,
  command: string,
  code: string | undefined,
  reply: unknown,
): string {
  if (kind === "timeout") return `Command "${command}" timed out`;
  return `Command "${command}" failed: ${code ?? toJson(reply)}`;
}

// A reply built by an application may hold what JSON cannot express.
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
