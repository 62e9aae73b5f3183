import { MusubiCommandError } from "@musubi/client";
import { h, setText } from "./dom.js";
import { steps, structFields, Wrong, type Field } from "./form.js";
import { fieldsOf, type Type } from "./schema.js";
import { textOf } from "./values.js";

/** What a refusal says, at its field if it names one of the form; returns what is left to say. */
export function showRefusal(form: Field, reply: any, otherwise: string): string {
  const { reason, field, expected } = reply ?? {};
  const text = (typeof expected === "string" && `expected: ${expected}`) || (typeof reason === "string" && reason) || otherwise;
  if (typeof field !== "string") return text;
  if (form.complain(steps(field), text)) return "";
  return field === "" ? text : `${field}: ${text}`;
}

/** A form that sends a command of the store that `store` gives, and says what came of it. */
export function commandForm(name: string, payload: Type, store: () => any): HTMLElement {
  const fields = structFields(payload);
  const button = h("button", {}, name);
  const said = h("p", { className: "said", role: "status" });
  const problem = h("p", { className: "note", role: "alert" });
  const form = h("form", { className: "command", noValidate: true }, fields.root, button, said, problem);
  if (fieldsOf(payload).length === 0) fields.root.remove();
  form.onsubmit = async (event) => {
    event.preventDefault();
    setText(said, "");
    setText(problem, "");
    try {
      const sent = fields.read() as object;
      button.disabled = true;
      const reply = await store().dispatchCommand(name, sent);
      setText(said, Object.keys(reply ?? {}).length === 0 ? "done" : textOf(reply));
    } catch (error) {
      if (error instanceof Wrong) return;
      const reply = MusubiCommandError.is(error) ? error.reply : undefined;
      setText(problem, showRefusal(fields, reply, error instanceof Error ? error.message : String(error)));
    } finally {
      button.disabled = false;
    }
  };
  return form;
}
