import { MusubiCommandError } from "@musubi/client";
import { expect, it } from "vitest";
import { explain } from "../src/command.js";

const refused = (reply: unknown) =>
  new MusubiCommandError({ kind: "failed", command: "rename", storeId: [], reply });

it("tells the gateway's own reason", () => {
  expect(explain(refused({ reason: "a name has at most 40 characters", field: "name" }))).toBe(
    "A name has at most 40 characters.",
  );
});

it("tells what was expected of a payload that does not fit", () => {
  const reply = { reason: "invalid payload", field: "milliseconds", expected: "integer" };
  expect(explain(refused(reply))).toBe("The gateway expects: integer.");
});

it("tells a slow gateway from a lost connection", () => {
  const late = new MusubiCommandError({ kind: "timeout", command: "rename", storeId: [] });
  expect(explain(late)).toMatch(/did not answer/);
  expect(explain(new Error("Store is not connected"))).toMatch(/connection is lost/);
});
