import { describe, expect, test } from "vitest";
import { MusubiCommandError } from "../src/index.js";

const failed = (reply: unknown) =>
  new MusubiCommandError({ kind: "failed", command: "rename", storeId: ["a"], reply });

describe("MusubiCommandError", () => {
  test("keeps what was sent, what came back and why", () => {
    const cause = new Error("wire");
    const error = new MusubiCommandError({
      kind: "failed",
      command: "rename",
      storeId: ["a"],
      reply: { reason: "unknown store" },
      cause,
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "MusubiCommandError",
      kind: "failed",
      command: "rename",
      storeId: ["a"],
      reply: { reason: "unknown store" },
      code: "unknown store",
      message: 'Command "rename" failed: unknown store',
      cause,
    });
  });

  test("takes its code from the first string among code, error and reason", () => {
    expect(failed({ code: "c", error: "e", reason: "r" }).code).toBe("c");
    expect(failed({ code: 1, error: "e", reason: "r" }).code).toBe("e");
    expect(failed({ reason: "r" }).code).toBe("r");
  });

  test.each([[undefined], [null], ["text"], [7], [{ code: 7 }]])("has no code for %j", (reply) => {
    expect(failed(reply).code).toBeUndefined();
  });

  test("shows the whole reply as JSON when there is no code in it", () => {
    expect(failed({ celsius: 99 }).message).toBe('Command "rename" failed: {"celsius":99}');
  });

  test("can be made of a reply that JSON cannot express", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    expect(failed(circular).message).toBe('Command "rename" failed: [object Object]');
    expect(failed(1n).message).toBe('Command "rename" failed: 1');
    expect(failed(undefined).message).toBe('Command "rename" failed: undefined');
  });

  test("has no reply after a timeout", () => {
    const error = new MusubiCommandError({ kind: "timeout", command: "rename", storeId: [] });
    expect(error.message).toBe('Command "rename" timed out');
    expect(error.reply).toBeUndefined();
    expect(error.cause).toBeUndefined();
  });

  test("is recognised by its name, as from another copy of the package", () => {
    const other = Object.assign(new Error("x"), { name: "MusubiCommandError" });
    expect(MusubiCommandError.is(other)).toBe(true);
    expect(MusubiCommandError.is(failed({}))).toBe(true);
    expect(MusubiCommandError.is(new Error("x"))).toBe(false);
    expect(MusubiCommandError.is(null)).toBe(false);
  });
});
