/** The generated bundle of the README's store. */
export declare namespace Musubi {
  const Type: unique symbol;

  interface StoreDef<Module extends string, Shape, Commands, Events = {}> {
    readonly [Type]: { module: Module; shape: Shape; commands: Commands; events: Events };
  }
  type StoreField<Module extends string> = {
    readonly [Type]: { kind: "store"; module: Module };
  };
  type AsyncField<Value> = { readonly [Type]: { kind: "async"; value: Value } };
  type UploadField = { readonly [Type]: { kind: "upload" } };

  interface Stores {
    "Home.Stores.Thermostat": StoreDef<
      "Home.Stores.Thermostat",
      {
        temperature: number;
        valves: StoreField<"Home.Stores.Valve">[];
        weather: AsyncField<{ sky: string }>;
        firmware: UploadField;
      },
      {
        set_target: { payload: { celsius: number }; reply: never };
        install: { payload: {}; reply: never };
      },
      { alarm: { payload: { text: string } } }
    >;
    "Home.Stores.Valve": StoreDef<"Home.Stores.Valve", { position: number }, {}>;
  }
}
