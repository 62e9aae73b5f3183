/// <reference path="../../../tests/typescript/everything.d.ts" />
import { describe, expectTypeOf, test } from "vitest";
import {
  connect,
  type AsyncResult,
  type CommandPayload,
  type CommandReply,
  type EventName,
  type EventPayload,
  type SocketLike,
  type StoreModule,
  type StoreProxy,
  type StoreSnapshot,
  type UploadHandle,
} from "../src/index.js";

type Stores = Musubi.Stores;
type Page = StoreProxy<"Everything.Stores.Page", Stores>;
type PageSnapshot = StoreSnapshot<"Everything.Stores.Page", Stores>;
type Line = StoreProxy<"Everything.Stores.Line", Stores>;
type LineSnapshot = StoreSnapshot<"Everything.Stores.Line", Stores>;
type Priority = "low" | "normal" | "high";

// Never called: the compiler is the test, `npm run typecheck` runs it.
declare const page: Page;

describe("a bundle that musubi_add_typescript wrote (contract section 12.1)", () => {
  test("is what connect takes for a registry", () => {
    expectTypeOf<StoreModule<Stores>>().toEqualTypeOf<
      "Everything.Stores.Page" | "Everything.Stores.Line"
    >();
    const mount = async () =>
      (await connect<Stores>({} as SocketLike)).mountStore({
        module: "Everything.Stores.Page",
        id: "main",
      });
    type Mounted = Awaited<ReturnType<typeof mount>>;
    expectTypeOf<Mounted["store"]>().toEqualTypeOf<Page>();
  });

  test("says the types of plain fields", () => {
    expectTypeOf<Page["title"]>().toEqualTypeOf<string>();
    expectTypeOf<Page["open"]>().toEqualTypeOf<boolean>();
    expectTypeOf<Page["small"]>().toEqualTypeOf<number>();
    expectTypeOf<Page["ratio"]>().toEqualTypeOf<number>();
    expectTypeOf<Page["weight"]>().toEqualTypeOf<Priority>();
    expectTypeOf<Page["perhaps"]>().toEqualTypeOf<Priority | null>();
    expectTypeOf<Page["aim"]>().toEqualTypeOf<{ celsius: number; "unit-name": string | null }>();
    expectTypeOf<Page["weights"]>().toEqualTypeOf<Priority[]>();
    expectTypeOf<Page["matrix"]>().toEqualTypeOf<number[][]>();
    expectTypeOf<Page["meta"]>().toEqualTypeOf<{ [x: string]: string }>();
    expectTypeOf<Page["where"]["visited"]>().toEqualTypeOf<Everything.LogEntry | null>();
    // @ts-expect-error no such field
    void (() => page.nope);
  });

  test("has shared structs as interfaces", () => {
    expectTypeOf<Everything.LogEntry>().toEqualTypeOf<{ id: string; weight: Priority }>();
    expectTypeOf<Everything.Geo.Place["latitude"]>().toEqualTypeOf<number>();
  });

  test("has variants as unions, which TypeScript narrows", () => {
    type Status = { type: "idle" } | { type: "sent"; as: Everything.LogEntry | null };
    expectTypeOf<Page["status"]>().toEqualTypeOf<Status>();
    expectTypeOf<PageSnapshot["status"]>().toEqualTypeOf<Status>();
    expectTypeOf<Page["perhaps_there"]>().toEqualTypeOf<
      { type: "idle" } | Everything.Geo.Place | null
    >();
    type Answer = { ok: true } | { error: Priority };
    expectTypeOf<Page["answers"]>().toEqualTypeOf<Answer[]>();
    void (() => (page.status.type === "sent" ? page.status.as?.weight : undefined));
    // @ts-expect-error an idle status has no such field
    void (() => (page.status.type === "idle" ? page.status.as : undefined));
    void (async () => {
      const reply = await page.dispatchCommand("aim", { at: { celsius: 7, "unit-name": null } });
      expectTypeOf(reply).toEqualTypeOf<Answer>();
      return "ok" in reply ? reply.ok : reply.error;
    });
  });

  test("leads to nested stores", () => {
    expectTypeOf<Page["cover"]>().toEqualTypeOf<Line>();
    expectTypeOf<Page["spare"]>().toEqualTypeOf<Line | null>();
    expectTypeOf<Page["lines"]>().toEqualTypeOf<Line[]>();
    expectTypeOf<Page["by_name"]>().toEqualTypeOf<{ [x: string]: Line }>();
    expectTypeOf<Page["wings"][number]["rooms"][number]>().toEqualTypeOf<Line | null>();
    expectTypeOf<PageSnapshot["lines"][number]>().toEqualTypeOf<LineSnapshot>();
  });

  test("says what streams and async values hold", () => {
    expectTypeOf<Page["history"]>().toEqualTypeOf<{ id: string; weight: Priority }[]>();
    expectTypeOf<Page["log"]>().toEqualTypeOf<AsyncResult<{ id: string; weight: Priority }[]>>();
    expectTypeOf<PageSnapshot["nearest"]>().toEqualTypeOf<
      AsyncResult<{ name: string; rooms: (LineSnapshot | null)[] }>
    >();
  });

  test("has uploads as handles", () => {
    expectTypeOf<Page["avatar"]>().toEqualTypeOf<UploadHandle>();
    expectTypeOf<PageSnapshot["floor_plan"]>().toEqualTypeOf<UploadHandle>();
  });

  test("knows commands, replies and events", () => {
    expectTypeOf<CommandPayload<"Everything.Stores.Page", "rename", Stores>>().toEqualTypeOf<{
      title: string;
      weight: Priority | null;
    }>();
    expectTypeOf<CommandReply<"Everything.Stores.Page", "rename", Stores>>().toEqualTypeOf<
      Record<string, never>
    >();
    expectTypeOf<CommandReply<"Everything.Stores.Page", "reset", Stores>>().toEqualTypeOf<{
      cleared: number;
      last: Everything.Geo.Place;
    }>();
    expectTypeOf<CommandReply<"Everything.Stores.Line", "set_qty", Stores>>().toEqualTypeOf<{
      ok: boolean;
    }>();
    void (() => [page.dispatchCommand("reset"), page.dispatchCommand("tune.fine", { celsius: 1 })]);
    // @ts-expect-error wrong payload
    void (() => page.dispatchCommand("rename", { title: 7, weight: null }));
    expectTypeOf<EventName<"Everything.Stores.Line", Stores>>().toEqualTypeOf<"sold_out">();
    expectTypeOf<EventPayload<"Everything.Stores.Page", "toast", Stores>>().toEqualTypeOf<{
      msg: string;
      about: Everything.LogEntry | { type: "idle" };
    }>();
  });
});
