import { freshId, h } from "./dom.js";
import { fieldsOf, nameOf, optional, resolve, type Type } from "./schema.js";

/** A part of a form, made from a type. */
export interface Field {
  readonly root: HTMLElement;
  /** What was entered, as on the wire; complains and throws {@link Wrong} if it cannot be that. */
  read(): unknown;
  /** Shows a complaint at the field that this path leads to; false if there is none. */
  complain(path: readonly string[], text: string): boolean;
}

/** Something in a form is not right, and was shown there. */
export class Wrong extends Error {}

/** A server's path, `schedule[2].celsius`, step by step. */
export const steps = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== "");

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const ints = 2 ** 31;
function hint({ type, minimum = -ints, maximum = ints, multipleOf, maxBytes, pattern }: Type): string {
  if (maxBytes !== undefined) return `up to ${maxBytes} bytes`;
  if (pattern !== undefined) return "digits";
  if (type === "integer" && minimum > -ints && maximum < ints - 1) return `${minimum} to ${maximum}`;
  if (type === "integer") return minimum === 0 ? "whole, 0 or more" : "whole";
  return multipleOf === undefined ? "" : `steps of ${multipleOf}`;
}

/** A labelled control with a line for complaints. */
function control(label: string, type: Type, input: Input, read: () => unknown): Field {
  const id = (input.id = freshId());
  const note = h("p", { className: "note", id: `${id}n`, role: "alert" });
  const help = [hint(type), type.unit, type.description].filter(Boolean).join(" · ");
  const small = h("small", { id: `${id}h` }, help);
  input.setAttribute("aria-describedby", `${id}h ${id}n`);
  const check = input.type === "checkbox";
  const complain = (text: string): void => {
    note.textContent = text;
    if (text === "") input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  };
  input.addEventListener("input", () => complain(""));
  const name = h("label", { htmlFor: id }, label);
  return {
    root: h("div", { className: check ? "field check" : "field" }, check ? input : name, check ? name : small, check ? small : input, note),
    read() {
      complain("");
      const { maxBytes = Infinity } = type;
      const bytes = new TextEncoder().encode(input.value).length;
      input.setCustomValidity(bytes > maxBytes ? `${bytes} bytes; there is room for ${maxBytes}.` : "");
      let problem = input.validationMessage;
      try {
        if (problem === "") return read();
      } catch (error) {
        problem = String(error);
      }
      complain(problem);
      input.focus();
      throw new Wrong(problem);
    },
    complain(_path, text) {
      complain(text);
      return true;
    },
  };
}

function group(label: string, type: Type, ...content: Node[]): HTMLElement {
  return h("fieldset", {}, h("legend", {}, label), type.description !== undefined && h("small", {}, type.description), ...content);
}

/** The fields of a struct, without a frame. */
export function structFields(type: Type): Field {
  const fields = fieldsOf(type).map(([name, each]) => [name, formField(name, each)] as const);
  return {
    root: h("div", { className: "fields" }, ...fields.map(([, { root }]) => root)),
    read: () => Object.fromEntries(fields.map(([name, field]) => [name, field.read()])),
    complain: ([first, ...rest], text) =>
      fields.some(([name, field]) => name === first && field.complain(rest, text)),
  };
}

/** Items that are added and removed; each has a field, and in a dict a key. */
function several(label: string, type: Type, item: Type, least: number, most: number, keyed: boolean): Field {
  const list = h("div", { className: "items" });
  let items: { field: Field; key?: Field; root: HTMLElement }[] = [];
  const add = h("button", { type: "button", onclick: () => append() }, "Add");
  const paint = (): void => void (add.disabled = items.length >= most);
  const append = (): void => {
    const field = formField(keyed ? "value" : `${label} ${items.length + 1}`, item);
    const key = keyed ? formField("key", { type: "string" }) : undefined;
    const remove = h("button", { type: "button", className: "quiet" }, "Remove");
    const root = h("div", { className: "item" }, key?.root, field.root, least < most && remove);
    const made = { field, root, ...(key && { key }) };
    remove.onclick = () => {
      items = items.filter((each) => each !== made);
      root.remove();
      add.focus();
      paint();
    };
    items.push(made);
    list.append(root);
    paint();
  };
  while (items.length < least) append();
  paint();
  return {
    root: group(label, type, list, ...(least < most ? [add] : [])),
    read: () =>
      keyed
        ? Object.fromEntries(items.map(({ field, key }) => [key?.read(), field.read()]))
        : items.map(({ field }) => field.read()),
    complain: ([first, ...rest], text) => {
      const at = items.findIndex(({ key }, index) => first === (key ? key.read() : `${index}`));
      return items[at]?.field.complain(rest, text) ?? false;
    },
  };
}

function optionalField(label: string, type: Type, inner: Type): Field {
  const given = h("input", { type: "checkbox" });
  const field = formField(label, { ...inner, unit: type.unit });
  const frame = h("div", { className: "given", hidden: true }, field.root);
  const top = control(`give ${label}`, { ...(type.description !== undefined && { description: type.description }) }, given, () => given.checked);
  given.addEventListener("change", () => (frame.hidden = !given.checked));
  return {
    root: h("div", {}, top.root, frame),
    read: () => (top.read() === true ? field.read() : null),
    complain: (path, text) => (given.checked ? field : top).complain(path, text),
  };
}

/** One of several types; its fields follow the choice. */
function choiceField(label: string, type: Type, among: readonly Type[]): Field {
  const select = h("select", {}, ...among.map((each, index) => h("option", { value: `${index}` }, nameOf(each))));
  const top = control(label, {}, select, () => undefined);
  let field: Field;
  const frame = h("div", { className: "given" });
  const paint = (): void => {
    const chosen = among[Number(select.value)] as Type;
    field = resolve(chosen).properties ? structFields(chosen) : formField("value", chosen);
    frame.replaceChildren(field.root);
  };
  select.onchange = paint;
  paint();
  return {
    root: group(label, type, top.root, frame),
    read: () => field.read(),
    complain: (path, text) => field.complain(path, text) || top.complain(path, text),
  };
}

/** The part of a form for a value of this type. */
export function formField(label: string, declared: Type): Field {
  const type = resolve(declared);
  const inner = optional(type);
  if (inner !== undefined) return optionalField(label, type, inner);
  const among = type.oneOf ?? type.anyOf;
  if (among !== undefined) return choiceField(label, type, among);
  if (type.properties !== undefined) {
    const fields = structFields(type);
    return { ...fields, root: group(label, type, fields.root) };
  }
  if (type.items !== undefined) return several(label, type, type.items, type.minItems ?? 0, type.maxItems ?? Infinity, false);
  if (type.additionalProperties !== undefined) {
    return several(label, type, type.additionalProperties, 0, type.maxProperties ?? Infinity, true);
  }
  const names = type.enum ?? (type.const === undefined ? undefined : [`${type.const}`]);
  if (names !== undefined) {
    const select = h("select", {}, ...names.map((name) => h("option", {}, name)));
    return control(label, type, select, () => type.const ?? select.value);
  }
  if (type.type === "boolean") {
    const input = h("input", { type: "checkbox" });
    return control(label, type, input, () => input.checked);
  }
  if (type.type === "integer" || type.type === "number") {
    const { minimum: min, maximum: max, multipleOf = "any" } = type;
    const step = type.type === "integer" ? 1 : multipleOf;
    const input = h("input", { type: "number", required: true, min, max, step });
    return control(label, type, input, () => input.valueAsNumber);
  }
  if (type.type === "string") {
    const { pattern } = type;
    const input = h("input", { autocomplete: "off", spellcheck: false, pattern, required: pattern !== undefined });
    return control(label, type, input, () => input.value);
  }
  // Of a type that only the store's own codec knows.
  const input = h("textarea", { rows: 2, placeholder: "JSON", required: true });
  return control(label, type, input, () => JSON.parse(input.value));
}
