import { h, setText, Views, type View } from "./dom.js";
import { fieldsOf, fits, optional, resolve, type Type } from "./schema.js";
import { sparkline } from "./sparkline.js";
import { storeView } from "./store.js";

/** Rows of a table at most; a stream may have thousands. */
const MOST_ROWS = 200;

/** What is shown in one line. */
function isShort(declared: Type): boolean {
  const type = resolve(declared);
  const inner = type.async ?? optional(type) ?? type.items;
  if (inner !== undefined) return isShort(inner);
  return !(type.properties || type.additionalProperties || type.stream || type.store || type.oneOf || type.anyOf);
}

/** The value of a type, without a name. */
export function valueView(declared: Type): View {
  const type = resolve(declared);
  const inner = optional(type);
  if (inner !== undefined) return oneOfView([{ ...inner, unit: type.unit }, { type: "null" }]);
  const among = type.oneOf ?? type.anyOf;
  if (among !== undefined) return oneOfView(among);
  if (type.store !== undefined) return storeView(type.store);
  if (type.async !== undefined) return asyncView(type.async);
  if (type.stream !== undefined) return listView(type.stream);
  if (type.items !== undefined) return listView(type.items);
  if (type.additionalProperties !== undefined) return dictView(type.additionalProperties);
  if (type.properties !== undefined) return structView(type);
  return scalarView(type.type === "integer" || type.type === "number", type.unit);
}

/** What the store says of a field. */
const helpOf = ({ description }: Type) => description !== undefined && h("small", {}, description);

/** A name with its value: beside it if that is short, else below it. */
export function namedView(name: string, type: Type): View {
  const view = valueView(type);
  const help = helpOf(type);
  const root = isShort(type)
    ? h("div", { className: "row" }, h("span", { className: "name" }, name, help), view.root)
    : h("details", { open: true }, h("summary", { className: "name" }, name, help), view.root);
  return { ...view, root };
}

/** Several views as one, each for a member of the value. */
export function membersView(root: HTMLElement, members: readonly (readonly [name: string, view: View])[]): View {
  for (const [, view] of members) root.append(view.root);
  return {
    root,
    update(value) {
      for (const [name, view] of members) view.update(value?.[name]);
    },
    close() {
      for (const [, view] of members) view.close?.();
    },
  };
}

export function structView(type: Type): View {
  const members = fieldsOf(type).map(([name, each]) => [name, namedView(name, each)] as const);
  return membersView(h("div", { className: "rows" }), members);
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

export function textOf(value: unknown): string {
  if (typeof value === "string") return value === "" ? '""' : value;
  return JSON.stringify(value) ?? "–";
}

function scalarView(isNumber: boolean, unit = ""): View {
  const text = h("span");
  const spark = isNumber ? sparkline() : undefined;
  const root = h("span", { className: "value" }, text, spark?.root);
  let last: unknown;
  return {
    root,
    update(value) {
      if (value === last) return;
      const first = last === undefined;
      last = value;
      setText(text, textOf(value) + (unit && value !== null ? ` ${unit}` : ""));
      text.className = value === "" ? "null" : value === null ? "null" : typeof value;
      if (typeof value === "number") spark?.add(value);
      if (!first && !still.matches) text.animate?.([{ background: "#8886" }, {}], 700);
    },
  };
}

/** The view of whatever alternative the value is. */
function oneOfView(among: readonly Type[]): View {
  const root = h("div", { className: "either" });
  let shown = -1;
  let view: View | undefined;
  return {
    root,
    update(value) {
      const at = among.findIndex((type) => fits(type, value));
      if (at !== shown || view === undefined) {
        view?.close?.();
        view = at < 0 ? scalarView(false) : valueView(among[at] as Type);
        shown = at;
        root.replaceChildren(view.root);
      }
      view.update(value);
    },
    close: () => view?.close?.(),
  };
}

function asyncView(type: Type): View {
  const pill = h("span", { className: "pill" });
  const reason = h("span", { className: "problem" });
  const view = valueView(type);
  const root = h("div", { className: "async" }, pill, reason, view.root);
  return {
    root,
    update(value) {
      const { status = "–", data, error } = value ?? {};
      setText(pill, status);
      pill.dataset["state"] = status;
      setText(reason, error == null ? "" : textOf(error.value ?? error));
      view.root.hidden = data == null;
      if (data != null) view.update(data);
    },
    close: () => view.close?.(),
  };
}

const keyOf = (value: any, index: number): string => value?.__musubi_store_id__?.join("/") ?? `${index}`;

function listView(item: Type): View {
  const fields = fieldsOf(item);
  const table = fields.length > 0 && fields.every(([, type]) => isShort(type));
  const count = h("small", { className: "count" });
  const list = table ? h("tbody") : h("div", { className: isShort(item) ? "chips" : "rows" });
  const views = new Views(list, () => (table ? rowView(fields) : valueView(item)));
  const body = table
    ? h(
        "div",
        { className: "scroll", tabIndex: 0, role: "group", "aria-label": "table" },
        h("table", {}, h("thead", {}, h("tr", {}, ...fields.map(([name, type]) => h("th", { scope: "col" }, name, helpOf(type))))), list),
      )
    : list;
  return {
    root: h("div", { className: "list" }, count, body),
    update(value: readonly unknown[] = []) {
      const shown = value.slice(0, MOST_ROWS);
      views.update(shown.map((each, index) => [keyOf(each, index), each]));
      body.hidden = value.length === 0;
      setText(count, value.length === 0 ? "empty" : shown.length < value.length ? `${shown.length} of ${value.length}` : `${value.length}`);
    },
    close: () => views.close(),
  };
}

function rowView(fields: readonly [string, Type][]): View {
  const members = fields.map(([name, type]) => {
    const view = valueView(type);
    return [name, { ...view, root: h("td", {}, view.root) }] as const;
  });
  return membersView(h("tr"), members);
}

function dictView(item: Type): View {
  const empty = h("small", {}, "empty");
  const list = h("div", { className: "rows" });
  const views = new Views(list, (key) => namedView(key, item));
  return {
    root: h("div", {}, list, empty),
    update(value: object = {}) {
      views.update(Object.entries(value));
      empty.hidden = Object.keys(value).length > 0;
    },
    close: () => views.close(),
  };
}
