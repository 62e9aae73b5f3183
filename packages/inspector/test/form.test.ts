// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { formField, steps, structFields, Wrong } from "../src/form.js";
import type { Type } from "../src/schema.js";
import { check, click, complaints, labelled, page, payload } from "./support.js";

const integer: Type = { type: "integer", minimum: 0, maximum: 255 };
const text: Type = { type: "string", maxBytes: 4 };

describe("a field", () => {
  test("of a number has its range and its step, and reads as a number", () => {
    const field = formField("level", integer);
    const input = labelled(field.root, "level");
    expect([input.type, input.min, input.max, input.step, input.required]).toEqual(["number", "0", "255", "1", true]);
    expect(field.root.textContent).toContain("0 to 255");
    input.value = "21";
    expect(field.read()).toBe(21);
    const price = formField("price", { type: "number", multipleOf: 0.5 });
    expect(labelled(price.root, "price").step).toBe("0.5");
    labelled(price.root, "price").value = "1.5";
    expect(price.read()).toBe(1.5);
    expect(labelled(formField("ratio", { type: "number" }).root, "ratio").step).toBe("any");
  });

  test("that is empty or out of range says so at itself, until it is edited", () => {
    const field = formField("level", integer);
    const input = labelled(field.root, "level");
    input.value = "300";
    Object.defineProperty(input, "validationMessage", { get: () => (input.value === "300" ? "At most 255." : "") });
    expect(() => field.read()).toThrow(Wrong);
    expect(complaints(field.root)).toEqual(["At most 255."]);
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(field.root.querySelector(".note")!.id).toBe(input.getAttribute("aria-describedby").split(" ")[1]);
    input.dispatchEvent(new Event("input"));
    expect(complaints(field.root)).toEqual([]);
    expect(input.hasAttribute("aria-invalid")).toBe(false);
  });

  test("of text counts its bytes, not its characters", () => {
    const field = formField("name", text);
    labelled(field.root, "name").value = "äöü";
    expect(() => field.read()).toThrow(Wrong);
    expect(complaints(field.root)).toEqual(["6 bytes; there is room for 4."]);
    labelled(field.root, "name").value = "äö";
    expect(field.read()).toBe("äö");
  });

  test("of an enum is a choice among its names, and of a bool a box", () => {
    const field = formField("weight", { enum: ["low", "high"] });
    const select = labelled(field.root, "weight");
    expect([...select.options].map((each: any) => each.textContent)).toEqual(["low", "high"]);
    expect(field.read()).toBe("low");
    const box = formField("open", { type: "boolean" });
    expect(box.read()).toBe(false);
    labelled(box.root, "open").checked = true;
    expect(box.read()).toBe(true);
  });

  test("that is optional is null unless it is given", () => {
    const field = formField("weight", { anyOf: [integer, { type: "null" }], description: "In kg." });
    expect(field.root.textContent).toContain("In kg.");
    expect(field.read()).toBe(null);
    check(field.root, "give weight");
    labelled(field.root, "weight").value = "7";
    expect(field.read()).toBe(7);
    check(field.root, "give weight", false);
    expect(field.read()).toBe(null);
  });

  test("of a list has items that come and go, up to its capacity", () => {
    const field = formField("tags", { type: "array", items: integer, maxItems: 2 });
    expect(field.read()).toEqual([]);
    click(field.root, "Add");
    click(field.root, "Add");
    click(field.root, "Add");
    const inputs = [...field.root.querySelectorAll("input")] as HTMLInputElement[];
    expect(inputs).toHaveLength(2);
    inputs.forEach((each, at) => (each.value = `${at + 1}`));
    expect(field.read()).toEqual([1, 2]);
    expect(field.complain(["1"], "too much")).toBe(true);
    expect(complaints(field.root)).toEqual(["too much"]);
    click(field.root, "Remove");
    expect(field.read()).toEqual([2]);
  });

  test("of an array has as many as it has, and of a dict keys", () => {
    const matrix = formField("pair", { type: "array", items: integer, minItems: 2, maxItems: 2 });
    expect(matrix.root.querySelectorAll("input")).toHaveLength(2);
    expect(matrix.root.querySelectorAll("button")).toHaveLength(0);
    const dict = formField("meta", { type: "object", additionalProperties: integer, maxProperties: 1 });
    click(dict.root, "Add");
    labelled(dict.root, "key").value = "a";
    labelled(dict.root, "value").value = "1";
    expect(dict.read()).toEqual({ a: 1 });
    expect(dict.complain(["a"], "no")).toBe(true);
  });

  test("of a union has the fields of the alternative that is chosen", () => {
    const one: Type = { type: "object", properties: { kind: { const: "one" }, level: integer } };
    const two: Type = { type: "object", properties: { kind: { const: "two" }, on: { type: "boolean" } } };
    const field = formField("event", { oneOf: [one, two] });
    labelled(field.root, "level").value = "3";
    expect(field.read()).toEqual({ kind: "one", level: 3 });
    const select = labelled(field.root, "event");
    expect([...select.options].map((each: any) => each.textContent)).toEqual(["one", "two"]);
    select.value = "1";
    select.dispatchEvent(new Event("change"));
    expect(field.read()).toEqual({ kind: "two", on: false });
    expect(field.complain(["on"], "not now")).toBe(true);
  });

  test("of a type that nothing is known about takes JSON", () => {
    const field = formField("lump", {});
    labelled(field.root, "lump").value = '{"a":[1]}';
    expect(field.read()).toEqual({ a: [1] });
    labelled(field.root, "lump").value = "{";
    expect(() => field.read()).toThrow(Wrong);
    expect(complaints(field.root)[0]).toMatch(/SyntaxError/);
  });
});

describe("a form", () => {
  test("leads a complaint to the field that the server names", () => {
    const form = structFields(payload("aim"));
    expect(steps("at.rooms[2].unit-name")).toEqual(["at", "rooms", "2", "unit-name"]);
    expect(form.complain(steps("at.celsius"), "too hot")).toBe(true);
    const note = labelled(form.root, "celsius").getAttribute("aria-describedby").split(" ")[1];
    expect(form.root.querySelector(`#${note}`)!.textContent).toBe("too hot");
    expect(form.complain(steps("nothing"), "what?")).toBe(false);
    expect(form.complain([], "what?")).toBe(false);
  });

  test("is there for every command of stores that use everything", () => {
    for (const { payload, reply } of Object.values(page.commands)) {
      expect(structFields(payload).root.querySelectorAll("label").length).toBeGreaterThanOrEqual(0);
      if (reply) structFields(reply);
    }
    expect(formField("answer", page.commands["aim"]!.reply!).read()).toEqual({ ok: true });
    const rename = structFields(payload("rename"));
    labelled(rename.root, "title").value = "x";
    expect(rename.read()).toEqual({ title: "x", weight: null });
    expect(structFields(payload("reset")).read()).toEqual({});
    expect(structFields(payload("tune.fine")).root.textContent).toContain('In whole °C; [5, 30] or \\u{21}; "so".');
    // a form for the state itself: every type there is, references, nested lists and dicts among them
    const state = structFields({ ...page.state });
    expect(() => state.read()).toThrow(Wrong); // numbers are missing
  });
});
