/** What the code generator writes for the stores of these tests (contract section 12.1). */
declare namespace Demo {
  const Type: unique symbol;

  interface StoreDef<Module extends string, Shape, Commands, Events = {}> {
    readonly [Type]: { module: Module; shape: Shape; commands: Commands; events: Events };
  }

  type StoreField<Module extends string> = {
    readonly [Type]: { kind: "store"; module: Module };
  };
  type StreamField<Item> = { readonly [Type]: { kind: "stream"; item: Item } };
  type AsyncField<Value> = { readonly [Type]: { kind: "async"; value: Value } };
  type UploadField = { readonly [Type]: { kind: "upload" } };

  interface Reading {
    id: string;
    celsius: number;
  }

  interface Stores {
    "Demo.Page": StoreDef<
      "Demo.Page",
      {
        title: string;
        mode: "off" | "eco";
        fault: string | null;
        tags: string[];
        meta: Record<string, unknown>;
        cover: StoreField<"Demo.Line"> | null;
        lines: StoreField<"Demo.Line">[];
        history: StreamField<Reading>;
        weather: AsyncField<{ sky: string }>;
        log: AsyncField<StreamField<Reading>>;
        avatar: UploadField;
        wings: { name: string; rooms: (StoreField<"Demo.Line"> | null)[] }[];
        by_name: Record<string, StoreField<"Demo.Line">>;
        nearest: AsyncField<StoreField<"Demo.Line"> | null>;
        mixed: Array<string | { n: number }>;
      },
      {
        rename: { payload: { title: string }; reply: never };
        reset: { payload: {}; reply: { cleared: number } };
      },
      { toast: { payload: { msg: string } }; ping: { payload: {} } }
    >;

    "Demo.Line": StoreDef<
      "Demo.Line",
      { label: string; qty: number },
      { set_qty: { payload: { qty: number }; reply: { ok: boolean } } }
    >;
  }
}

export type Stores = Demo.Stores;
export type Reading = Demo.Reading;
