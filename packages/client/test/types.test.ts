import { describe, expectTypeOf, test } from "vitest";
import { Socket } from "phoenix";
import {
  connect,
  type AsyncError,
  type AsyncResult,
  type CommandPayload,
  type CommandReply,
  type EventPayload,
  type MountStoreOptions,
  type MusubiConnection,
  type MusubiSocketStatus,
  type SocketLike,
  type StoreId,
  type StoreModule,
  type StoreProxy,
  type StoreSnapshot,
  type EventName,
  type ExternalUploader,
  nextSnapshot,
  type UploadEntry,
  type UploadHandle,
  waitFor,
} from "../src/index.js";
import type { Reading, Stores } from "./support/stores.js";

type Page = StoreProxy<"Demo.Page", Stores>;
type Snapshot = StoreSnapshot<"Demo.Page", Stores>;

// Never called: the compiler is the test, `npm run typecheck` runs it.
declare const page: Page;
declare const connection: MusubiConnection<Stores>;

describe("types projected from a generated registry", () => {
  test("mountStore takes the registry's modules and gives their proxies", () => {
    expectTypeOf<StoreModule<Stores>>().toEqualTypeOf<"Demo.Page" | "Demo.Line">();
    const mountPage = () => connection.mountStore({ module: "Demo.Page", id: "main" });
    type Mounted = Awaited<ReturnType<typeof mountPage>>;
    expectTypeOf<Mounted["store"]>().toEqualTypeOf<Page>();
    // @ts-expect-error unknown module
    void (() => connection.mountStore({ module: "Demo.Nope", id: "main" }));
  });

  test("options and status have the names and parameters that applications write down", () => {
    const options: MountStoreOptions<"Demo.Page", Stores> = { module: "Demo.Page", id: "main" };
    void (() => connection.mountStore(options));
    // @ts-expect-error the registry has no such module
    type Nope = MountStoreOptions<"Demo.Nope", Stores>;
    void (0 as unknown as Nope);
    expectTypeOf<ReturnType<typeof connection.status>>().toEqualTypeOf<MusubiSocketStatus>();
  });

  test("connect binds the registry once", () => {
    const connected = () => connect<Stores>({} as SocketLike);
    expectTypeOf(connected).returns.resolves.toEqualTypeOf<MusubiConnection<Stores>>();
  });

  test("a proxy has plain fields as declared", () => {
    expectTypeOf<Page["title"]>().toEqualTypeOf<string>();
    expectTypeOf<Page["mode"]>().toEqualTypeOf<"off" | "eco">();
    expectTypeOf<Page["fault"]>().toEqualTypeOf<string | null>();
    expectTypeOf<Page["tags"]>().toEqualTypeOf<string[]>();
    expectTypeOf<Page["meta"]>().toEqualTypeOf<Record<string, unknown>>();
    expectTypeOf<Page["__musubi_store_id__"]>().toEqualTypeOf<StoreId>();
    // @ts-expect-error read-only
    void (() => (page.title = "x"));
  });

  test("a proxy has nested stores as proxies, a snapshot has them as snapshots", () => {
    expectTypeOf<Page["lines"][number]>().toEqualTypeOf<StoreProxy<"Demo.Line", Stores>>();
    expectTypeOf<Page["cover"]>().toEqualTypeOf<StoreProxy<"Demo.Line", Stores> | null>();
    expectTypeOf<Snapshot["lines"][number]>().toEqualTypeOf<StoreSnapshot<"Demo.Line", Stores>>();
    expectTypeOf<Snapshot["lines"][number]["qty"]>().toEqualTypeOf<number>();
  });

  test("streams are lists of items, async values are results", () => {
    expectTypeOf<Page["history"]>().toEqualTypeOf<Reading[]>();
    expectTypeOf<Snapshot["weather"]>().toEqualTypeOf<AsyncResult<{ sky: string }>>();
    expectTypeOf<Snapshot["weather"]["error"]>().toEqualTypeOf<AsyncError | null>();
    expectTypeOf<Snapshot["log"]>().toEqualTypeOf<AsyncResult<Reading[]>>();
  });

  test("uploads are handles, in proxies and in snapshots", () => {
    expectTypeOf<Page["avatar"]>().toEqualTypeOf<UploadHandle>();
    expectTypeOf<Snapshot["avatar"]>().toEqualTypeOf<UploadHandle>();
    void ((files: FileList, list: File[]) => [page.avatar.select(files), page.avatar.select(list)]);
    expectTypeOf<UploadHandle["select"]>().returns.resolves.toEqualTypeOf<readonly UploadEntry[]>();
    // @ts-expect-error read-only
    void (() => (page.avatar.status = "idle"));
  });

  test("stores are found in lists of objects, optional, in records and in async values", () => {
    type Line = StoreProxy<"Demo.Line", Stores>;
    type LineSnapshot = StoreSnapshot<"Demo.Line", Stores>;
    expectTypeOf<Page["wings"][number]["rooms"][number]>().toEqualTypeOf<Line | null>();
    expectTypeOf<Snapshot["wings"][number]["rooms"][number]>().toEqualTypeOf<LineSnapshot | null>();
    expectTypeOf<Page["wings"][number]["name"]>().toEqualTypeOf<string>();
    expectTypeOf<Page["by_name"]>().toEqualTypeOf<{ [x: string]: Line }>();
    expectTypeOf<Page["nearest"]>().toEqualTypeOf<AsyncResult<Line | null>>();
    expectTypeOf<Snapshot["nearest"]>().toEqualTypeOf<AsyncResult<LineSnapshot | null>>();
    expectTypeOf<Page["mixed"]>().toEqualTypeOf<(string | { n: number })[]>();
  });

  test("waiting helpers know the snapshot", () => {
    const next = () => nextSnapshot(page);
    expectTypeOf(next).returns.resolves.toEqualTypeOf<Snapshot | undefined>();
    const title = () => waitFor(page, (state) => state?.title);
    expectTypeOf(title).returns.resolves.toEqualTypeOf<string>();
    const line = () => waitFor(page.lines[0]!, (state) => (state?.qty === 0 ? state : undefined));
    expectTypeOf(line).returns.resolves.toEqualTypeOf<StoreSnapshot<"Demo.Line", Stores>>();
  });

  test("external uploaders get the file, the entry and what the store said", () => {
    const s3: ExternalUploader = async ({ file, entry, meta, signal, onProgress }) => {
      expectTypeOf(file).toEqualTypeOf<File>();
      expectTypeOf(entry).toEqualTypeOf<UploadEntry>();
      expectTypeOf(meta).toBeUnknown();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
      onProgress(50);
    };
    void (() => connect<Stores>({} as SocketLike, { uploaders: { s3 } }));
    // @ts-expect-error an uploader resolves when it is done
    void (() => connect<Stores>({} as SocketLike, { uploaders: { s3: () => 1 } }));
  });

  test("mounts take a cache, and tell of it", () => {
    const cached = () =>
      connection.mountStore({
        module: "Demo.Page",
        id: "main",
        cache: { gcTime: 1000, buster: "b" },
      });
    expectTypeOf(cached).returns.resolves.toHaveProperty("revalidated");
    void (() => connection.clearStoreCache({ module: "Demo.Page", id: "main" }));
    // @ts-expect-error not an option
    void (() => connection.mountStore({ module: "Demo.Page", id: "main", cache: { ttl: 1 } }));
  });

  test("a snapshot may be missing", () => {
    expectTypeOf<ReturnType<Page["snapshot"]>>().toEqualTypeOf<Snapshot | undefined>();
  });

  test("commands know their payload and reply", () => {
    expectTypeOf<CommandPayload<"Demo.Page", "rename", Stores>>().toEqualTypeOf<{
      title: string;
    }>();
    expectTypeOf<CommandReply<"Demo.Page", "reset", Stores>>().toEqualTypeOf<{
      cleared: number;
    }>();
    expectTypeOf<CommandReply<"Demo.Page", "rename", Stores>>().toEqualTypeOf<
      Record<string, never>
    >();
    const reset = () => page.dispatchCommand("reset");
    expectTypeOf(reset).returns.resolves.toEqualTypeOf<{ cleared: number }>();
    void (() => page.dispatchCommand("reset", {}));
    void (() => page.dispatchCommand("rename", { title: "x" }));
    // @ts-expect-error payload missing
    void (() => page.dispatchCommand("rename"));
    // @ts-expect-error wrong field type
    void (() => page.dispatchCommand("rename", { title: 7 }));
    // @ts-expect-error unknown command
    void (() => page.dispatchCommand("nope", {}));
  });

  test("events know their payload", () => {
    expectTypeOf<EventPayload<"Demo.Page", "toast", Stores>>().toEqualTypeOf<{ msg: string }>();
    expectTypeOf<EventName<"Demo.Page", Stores>>().toEqualTypeOf<"toast" | "ping">();
    expectTypeOf<EventName<"Demo.Line", Stores>>().toEqualTypeOf<never>();
    void (() => page.handleEvent("toast", ({ msg }) => expectTypeOf(msg).toEqualTypeOf<string>()));
    void (() => page.handleEvent("ping", () => undefined));
    // @ts-expect-error a line has no events
    void ((line: StoreProxy<"Demo.Line", Stores>) => line.handleEvent("toast", () => {}));
  });

  test("without a registry everything is open", () => {
    void (async () => {
      const { store } = await (
        await connect({} as SocketLike)
      ).mountStore({ module: "X", id: "y" });
      expectTypeOf(store["anything"]).toBeAny();
      await store.dispatchCommand("whatever", { n: 1 });
      expectTypeOf(store.snapshot()?.["anything"]).toBeAny();
    });
  });

  test("phoenix.js's Socket is a socket", () => {
    expectTypeOf<Socket>().toExtend<SocketLike>();
  });
});
