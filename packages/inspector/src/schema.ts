/** The schema that musubi_add_inspector writes (core/typescript, docs/inspector.md). */

export interface Type {
  type?: "boolean" | "integer" | "number" | "string" | "object" | "array" | "null";
  description?: string;
  /** Of a number. */
  unit?: string | undefined;
  /** What it measures, in the words of Home Assistant. */
  deviceClass?: string;
  enum?: readonly string[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  pattern?: string;
  maxBytes?: number;
  /** Either a type, or null. */
  anyOf?: readonly Type[];
  /** A tagged union. */
  oneOf?: readonly Type[];
  items?: Type;
  minItems?: number;
  maxItems?: number;
  properties?: Readonly<Record<string, Type>>;
  additionalProperties?: Type;
  maxProperties?: number;
  /** The module of a child store. */
  store?: string;
  stream?: Type;
  async?: Type;
  $ref?: string;
}

export interface Store {
  params: Type;
  state: Type;
  uploads: readonly string[];
  commands: Readonly<Record<string, { payload: Type; reply?: Type }>>;
  events: Readonly<Record<string, Type>>;
}

export interface Schema {
  version: number;
  roots: readonly string[];
  stores: Readonly<Record<string, Store>>;
  $defs: Readonly<Record<string, Type>>;
}

export const VERSION = 1;

let known: Schema = { version: VERSION, roots: [], stores: {}, $defs: {} };

/** The schema of this page, set once. */
export function useSchema(schema: Schema): void {
  known = schema;
}
export function storeOf(module: string): Store | undefined {
  return known.stores[module];
}

/** What a reference refers to, with its own description. */
export function resolve(type: Type): Type {
  const target = type.$ref === undefined ? undefined : known.$defs[type.$ref.replace("#/$defs/", "")];
  if (target === undefined) return type;
  const { description } = type;
  return description === undefined ? target : { ...target, description };
}

/** What an optional holds when it is not null; undefined for all other types. */
export function optional({ anyOf }: Type): Type | undefined {
  const inner = anyOf?.filter(({ type }) => type !== "null");
  return inner?.length === 1 ? inner[0] : undefined;
}

/** The fields of a struct, in the order of their declaration. */
export function fieldsOf(type: Type): [name: string, type: Type][] {
  return Object.entries(resolve(type).properties ?? {});
}

/** Whether a value has this type, as far as telling the alternatives of a union apart needs. */
export function fits(type: Type, value: unknown): boolean {
  const { const: only, enum: names, properties, store, type: kind } = resolve(type);
  if (only !== undefined) return value === only;
  if (names !== undefined) return names.includes(value as string);
  if (store !== undefined) return value instanceof Object;
  if (properties !== undefined) {
    if (typeof value !== "object" || value === null) return false;
    const names = Object.keys(properties);
    return (
      names.every((name) => name in value && fits(properties[name] as Type, (value as any)[name])) &&
      Object.keys(value).every((name) => names.includes(name))
    );
  }
  if (kind === "integer" || kind === "number") return typeof value === "number" || value === null;
  return kind === undefined || kind === "object" || kind === "array" || kind === "null" || typeof value === kind;
}

/** A union's alternative, as people may call it. */
export function nameOf(type: Type): string {
  const fields = fieldsOf(type);
  for (const [, { const: only }] of fields) if (typeof only === "string") return only;
  return fields.map(([name]) => name).join(", ") || String(resolve(type).type ?? "anything");
}
