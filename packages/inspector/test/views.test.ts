// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { points, KEPT } from "../src/sparkline.js";
import { eventLog, telling } from "../src/store.js";
import type { Type } from "../src/schema.js";
import { storeView } from "../src/store.js";
import { valueView } from "../src/values.js";
import { page } from "./support.js";

const shown = (type: Type, ...values: unknown[]): HTMLElement => {
  const view = valueView(type);
  for (const value of values) view.update(value);
  return view.root;
};
const number: Type = { type: "integer" };
const record: Type = { type: "object", properties: { id: { type: "string" }, level: number } };

describe("a value", () => {
  test("is text; nothing at all can be told from an empty text and from null", () => {
    expect(shown({ type: "string" }, "mug").textContent).toBe("mug");
    expect(shown({ type: "string" }, "").textContent).toBe('""');
    expect(shown({ type: "boolean" }, false).textContent).toBe("false");
    expect(shown({ anyOf: [number, { type: "null" }] }, null).textContent).toBe("null");
    expect(shown({ anyOf: [number, { type: "null" }] }, null, 3).textContent).toBe("3");
    expect(shown({}, { a: [1] }).textContent).toBe('{"a":[1]}');
  });

  test("that is a number has its latest changes as a line", () => {
    const line = (root: HTMLElement) => root.querySelector("polyline")!.getAttribute("points");
    expect(line(shown(number, 1, 1))).toBe(null);
    expect(line(shown(number, 1, 3, 3, 2))!.split(" ")).toHaveLength(3);
    const many = Array.from({ length: 100 }, (_, at) => at);
    expect(line(shown(number, ...many))!.split(" ")).toHaveLength(KEPT);
    expect(points([5, 5])).toBe("1.0,17.0 9.7,17.0");
  });

  test("that is a list of structs or a stream is a table, with the count", () => {
    const root = shown({ stream: record }, [{ id: "a", level: 1 }], [{ id: "b", level: 2 }, { id: "a", level: 1 }]);
    expect([...root.querySelectorAll("th")].map((each) => each.textContent)).toEqual(["id", "level"]);
    expect([...root.querySelectorAll("tbody tr")].map((each) => each.textContent)).toEqual(["b2", "a1"]);
    expect(root.querySelector(".count")!.textContent).toBe("2");
    expect(shown({ stream: record }, []).querySelector(".count")!.textContent).toBe("empty");
    const long = Array.from({ length: 1000 }, (_, at) => ({ id: `${at}`, level: at }));
    expect(shown({ stream: record }, long).querySelectorAll("tbody tr")).toHaveLength(200);
  });

  test("has below its name what the store says of the field, in a table too", () => {
    const celsius: Type = { type: "integer", description: "In whole °C" };
    const reading: Type = { type: "object", properties: { celsius } };
    expect(shown(reading, { celsius: 21 }).querySelector(".name small")!.textContent).toBe("In whole °C");
    expect(shown({ stream: reading }, []).querySelector("th small")!.textContent).toBe("In whole °C");
  });

  test("has its unit beside it, where it has one and is not null", () => {
    expect(shown({ ...number, unit: "°C" }, 21).textContent).toBe("21 °C");
    expect(shown({ anyOf: [number, { type: "null" }], unit: "V" }, 3).textContent).toBe("3 V");
    expect(shown({ anyOf: [number, { type: "null" }], unit: "V" }, 3, null).textContent).toBe("null");
    const reading: Type = { type: "object", properties: { celsius: { ...number, unit: "°C" } } };
    expect(shown({ stream: reading }, [{ celsius: 4 }]).querySelector("td")!.textContent).toBe("4 °C");
  });

  test("that is loaded in the background has its state, and keeps what it had", () => {
    const view = valueView({ async: record });
    view.update({ status: "loading", data: null, error: null });
    expect(view.root.querySelector(".pill")!.textContent).toBe("loading");
    expect((view.root.lastElementChild as HTMLElement).hidden).toBe(true);
    view.update({ status: "ok", data: { id: "a", level: 1 }, error: null });
    expect(view.root.querySelector(".pill")!.textContent).toBe("ok");
    view.update({ status: "failed", data: { id: "a", level: 1 }, error: { kind: "error", value: "no such place" } });
    expect(view.root.querySelector(".problem")!.textContent).toBe("no such place");
    expect(view.root.textContent).toContain("level1");
  });

  test("of a union is shown as the alternative that it is", () => {
    const one: Type = { type: "object", properties: { kind: { const: "one" }, level: number } };
    const two: Type = { type: "object", properties: { kind: { const: "two" }, on: { type: "boolean" } } };
    const root = shown({ oneOf: [one, two] }, { kind: "one", level: 3 }, { kind: "two", on: true });
    expect([...root.querySelectorAll(".name")].map((each) => each.textContent)).toEqual(["kind", "on"]);
    expect(shown({ oneOf: [one] }, { kind: "three" }).textContent).toBe('{"kind":"three"}');
  });

  test("of a dict has its keys; they come and go", () => {
    const dict: Type = { type: "object", additionalProperties: number };
    const root = shown(dict, { a: 1, b: 2 }, { b: 3, c: 4 });
    expect([...root.querySelectorAll(".row")].map((each) => each.textContent)).toEqual(["b3", "c4"]);
    expect((shown(dict, { a: 1 }, {}).lastElementChild as HTMLElement).hidden).toBe(false);
  });
});

/** A store as the client gives it. */
function proxyOf(state: object, id: string[] = []) {
  const handlers = new Map<string, (payload: unknown) => void>();
  return {
    ...state,
    __musubi_store_id__: id,
    handlers,
    handleEvent(name: string, handler: (payload: unknown) => void) {
      handlers.set(name, handler);
      return () => handlers.delete(name);
    },
  };
}

describe("a store", () => {
  const line = (label: string) => proxyOf({ label, qty: 1 }, ["lines", label]);
  const whole = {
    title: "t", open: true, small: 1, large: 2, price: 1.5, larger: "18446744073709551615", ratio: 0.5,
    weight: "low", perhaps: null, aim: { celsius: 21, "unit-name": null },
    where: { latitude: 1, longitude: 2, visited: { id: "x", weight: "high" } },
    tags: ["a", "b"], weights: ["low"], matrix: [[1, 2], [3, 4]], meta: { k: "v" },
    cover: line("cover"), spare: null, lines: [line("one"), line("two")], by_name: { n: line("n") },
    wings: [{ name: "east", rooms: [line("r"), null] }], history: [{ id: "h", weight: "low" }],
    status: { type: "sent", as: null }, perhaps_there: null, answers: [{ ok: true }, { error: "low" }],
    nearest: { status: "loading", data: null, error: null }, log: { status: "ok", data: [{ id: "l", weight: "low" }], error: null },
    avatar: undefined, floor_plan: undefined,
  };

  test("that uses everything is shown whole, with a form for each command and a place for each upload", () => {
    const log = eventLog();
    const view = telling(log.tell, () => storeView("Everything.Stores.Page"));
    const store = proxyOf(whole);
    view.update(store);
    for (const name of Object.keys(page.state.properties!)) {
      expect([...view.root.querySelectorAll(".name")].some((each) => each.textContent!.startsWith(name)), name).toBe(true);
    }
    expect(view.root.textContent).toContain("18446744073709551615");
    const commands = [...view.root.querySelectorAll(":scope > .commands > form > button")].map((each) => each.textContent);
    expect(commands).toEqual(Object.keys(page.commands));
    expect(view.root.querySelectorAll("input[type=file]")).toHaveLength(2);
    expect(view.root.querySelectorAll(".store .store form")).toHaveLength(5); // of the lines: set_qty

    // events of the root and of a child, as they come
    store.handlers.get("toast")!({ msg: "hello", about: { id: "x", weight: "low" } });
    whole.lines[1]!.handlers.get("sold_out")!({});
    const told = [...log.root.querySelectorAll("[role=log] > div")].map((each) => each.textContent!.replace(/^[\d:]+( [AP]M)? /, ""));
    expect(told).toEqual(["lines/two sold_out {}", 'toast {"msg":"hello","about":{"id":"x","weight":"low"}}']);

    view.close!();
    expect(store.handlers.size).toBe(0);
    expect(whole.lines[1]!.handlers.size).toBe(0);
  });

  test("that the schema does not know is shown as nothing, and does not break the others", () => {
    const view = storeView("Nobody.Knows");
    view.update(proxyOf({ a: 1 }));
    expect(view.root.textContent).toBe("");
  });
});
