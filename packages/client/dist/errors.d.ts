import { type StoreId } from "./wire.js";
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
export declare class MusubiCommandError extends Error {
    readonly kind: MusubiCommandErrorKind;
    readonly command: string;
    readonly storeId: StoreId;
    readonly reply: unknown;
    /** The first string among the reply's `code`, `error` and `reason`. */
    readonly code: string | undefined;
    constructor({ kind, command, storeId, reply, cause }: MusubiCommandErrorOptions);
    /** Recognises the error by its name, so that two copies of this package understand each other. */
    static is(error: unknown): error is MusubiCommandError;
}
/** A mount that the server refused; its message is `Root join failed:` and the reason. */
export declare class MusubiMountError extends Error {
    /** The server's error reply. */
    readonly reply: unknown;
    /** The first string among the reply's `code`, `error` and `reason`. */
    readonly code: string | undefined;
    /** What the server refused: a parameter by its path, or a limit by its name; if it says so. */
    readonly field: string | undefined;
    constructor(reply: unknown);
    /** Recognises the error by its name, so that two copies of this package understand each other. */
    static is(error: unknown): error is MusubiMountError;
}
/** What a failed join or command says of itself: a string that it carries, or all of it as JSON. */
export declare function describeReply(reply: unknown): string;
