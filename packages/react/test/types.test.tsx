import { readFileSync } from "node:fs";
import type { ReactNode } from "react";
import { describe, expect, expectTypeOf, test } from "vitest";
import { createMusubi, keyOf } from "../src/index.js";
import type {
  AsyncError,
  AsyncResult,
  BuildChange,
  CacheFeature,
  CacheOptions,
  CacheTarget,
  ChannelLike,
  CommandName,
  CommandPayload,
  CommandReply,
  CommandsOf,
  ConnectionPatchEnvelope,
  ConnectionStatus,
  ConnectOptions,
  ConnectWithOptions,
  DefOf,
  EntryStatus,
  EventName,
  EventPayload,
  EventsOf,
  ExternalUploader,
  ExternalUploaderArgs,
  ExternalUploaders,
  JsonPatchOp,
  MountedStore,
  MountStoreOptions,
  Musubi,
  MusubiCacheEntry,
  MusubiCachePersister,
  MusubiCommand,
  MusubiCommandError,
  MusubiCommandErrorKind,
  MusubiCommandErrorOptions,
  MusubiConnection,
  MusubiConnectionStatus,
  MusubiProviderProps,
  MusubiRootMount,
  MusubiSocketStatus,
  PatchEnvelope,
  ProxyValue,
  PushEvent,
  PushLike,
  RefusableSocket,
  Refusal,
  ShapeOf,
  SnapshotValue,
  SocketLike,
  StorageLike,
  StoreId,
  StoreModule,
  StoreProxy,
  StoreRuntime,
  StoreSnapshot,
  StreamEntry,
  StreamOp,
  StreamTable,
  UploadConfig,
  UploadEntry,
  UploadError,
  UploadHandle,
  UploadHost,
  UploadOp,
  UploadsFeature,
  UploadStatus,
  UploadTable,
  UseMusubiRootOptions,
  UseMusubiRootSuspenseOptions,
  Watchable,
  WireAsyncError,
  WireAsyncResult,
  WireUploadConfig,
  WireUploadEntry,
  WireUploadMarker,
} from "../src/index.js";
import type { Stores } from "../../client/test/support/stores.js";

type Page = StoreProxy<"Demo.Page", Stores>;
type Line = StoreProxy<"Demo.Line", Stores>;

/** Every type that a page may name, with as many parameters as it has. */
export type Everything = [
  AsyncError,
  AsyncResult<string>,
  BuildChange,
  CacheFeature,
  CacheOptions,
  CacheTarget,
  ChannelLike,
  CommandName<"Demo.Page", Stores>,
  CommandPayload<"Demo.Page", "rename", Stores>,
  CommandReply<"Demo.Page", "rename", Stores>,
  CommandsOf<"Demo.Page", Stores>,
  ConnectionPatchEnvelope,
  ConnectionStatus,
  ConnectOptions,
  ConnectWithOptions,
  DefOf<"Demo.Page", Stores>,
  EntryStatus,
  EventName<"Demo.Page", Stores>,
  EventPayload<"Demo.Page", "toast", Stores>,
  EventsOf<"Demo.Page", Stores>,
  ExternalUploader,
  ExternalUploaderArgs,
  ExternalUploaders,
  JsonPatchOp,
  MountedStore<"Demo.Page", Stores>,
  MountStoreOptions<"Demo.Page", Stores>,
  Musubi<Stores>,
  MusubiCacheEntry,
  MusubiCachePersister,
  MusubiCommand<"Demo.Page", "rename", Stores>,
  MusubiCommandError,
  MusubiCommandErrorKind,
  MusubiCommandErrorOptions,
  MusubiConnection<Stores>,
  MusubiConnectionStatus<Stores>,
  MusubiProviderProps<Stores>,
  MusubiRootMount<"Demo.Page", Stores>,
  MusubiSocketStatus,
  PatchEnvelope,
  ProxyValue<string, Stores>,
  PushEvent,
  PushLike,
  RefusableSocket,
  Refusal,
  ShapeOf<"Demo.Page", Stores>,
  SnapshotValue<string, Stores>,
  SocketLike,
  StorageLike,
  StoreId,
  StoreModule<Stores>,
  StoreProxy<"Demo.Page", Stores>,
  StoreRuntime<"Demo.Page", Stores>,
  StoreSnapshot<"Demo.Page", Stores>,
  StreamEntry,
  StreamOp,
  StreamTable,
  UploadConfig,
  UploadEntry,
  UploadError,
  UploadHandle,
  UploadHost,
  UploadOp,
  UploadsFeature,
  UploadStatus,
  UploadTable,
  UseMusubiRootOptions<"Demo.Page", Stores>,
  UseMusubiRootSuspenseOptions<"Demo.Page", Stores>,
  Watchable<string>,
  WireAsyncError,
  WireAsyncResult<string>,
  WireUploadConfig,
  WireUploadEntry,
  WireUploadMarker,
];

// Never called: the compiler is the test, `npm run typecheck` runs it, for React 18 and 19.
const musubi = createMusubi<Stores>();
declare const page: Page;
declare const line: Line;
declare const connection: MusubiConnection<Stores>;
declare const socket: SocketLike;

describe("the types", () => {
  test("of both packages are all named here", () => {
    const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
    const named = /^import type \{([^}]*)\} from "..\/src\/index.js";/m.exec(read("types.test.tsx"));
    const names = (text: string) => text.split(/[\s,]+/).filter((name) => /^[A-Z]\w+$/.test(name));
    const known = new Set(names(named?.[1] ?? ""));
    const sources = read("../src/index.ts") + read("../../client/src/index.ts");
    const blocks = sources.matchAll(/^export (type )?\{([^}]*)\}/gm);
    const exported = [...blocks].flatMap(([, type, list = ""]) =>
      type ? names(list) : [...list.matchAll(/\btype (\w+)/g)].map((match) => match[1] as string),
    );
    expect(exported.length).toBeGreaterThan(60);
    expect(exported.filter((name) => !known.has(name))).toEqual([]);
  });

  test("of a root are those of its module", () => {
    const use = () => musubi.useMusubiRoot({ module: "Demo.Page", id: "main" });
    type Root = ReturnType<typeof use>;
    expectTypeOf<Root["status"]>().toEqualTypeOf<"loading" | "ready" | "error">();
    expectTypeOf<Extract<Root, { status: "ready" }>["store"]>().toEqualTypeOf<Page>();
    expectTypeOf<Extract<Root, { status: "error" }>["error"]>().toEqualTypeOf<Error>();
    const suspense = () => musubi.useMusubiRootSuspense({ module: "Demo.Page", id: "main" });
    expectTypeOf(suspense).returns.toEqualTypeOf<Page>();
    // @ts-expect-error unknown module
    void (() => musubi.useMusubiRoot({ module: "Demo.Nope", id: "main" }));
    const target = { module: "Demo.Page", id: "main" } as const;
    // @ts-expect-error an option of useMusubiRoot alone
    void (() => musubi.useMusubiRootSuspense({ ...target, keepPreviousData: true }));
  });

  test("of options can be written down before they are used", () => {
    const options: MountStoreOptions<"Demo.Page", Stores> = { module: "Demo.Page", id: "main" };
    void (() => musubi.useMusubiRoot(options));
    void (() => connection.mountStore(options));
  });

  test("of snapshots and selections follow the store", () => {
    const whole = () => musubi.useMusubiSnapshot(page);
    expectTypeOf(whole).returns.toEqualTypeOf<StoreSnapshot<"Demo.Page", Stores> | undefined>();
    const part = () => musubi.useMusubiSnapshot(page, (state) => state?.title);
    expectTypeOf(part).returns.toEqualTypeOf<string | undefined>();
    const sure = () => musubi.useMusubiSnapshotSuspense(page, (state) => state.title);
    expectTypeOf(sure).returns.toEqualTypeOf<string>();
    const child = () => musubi.useMusubiSnapshotSuspense(page.lines[0]!);
    expectTypeOf(child).returns.toEqualTypeOf<StoreSnapshot<"Demo.Line", Stores>>();
    const weather = () => musubi.useMusubiAsync(page, (state) => state.weather);
    expectTypeOf(weather).returns.toEqualTypeOf<{ sky: string }>();
    // @ts-expect-error not an async value
    void (() => musubi.useMusubiAsync(page, (state) => state.title));
  });

  test("of commands and events know payloads and replies", () => {
    const reset = () => musubi.useMusubiCommand(page, "reset");
    expectTypeOf(reset).returns.toEqualTypeOf<MusubiCommand<"Demo.Page", "reset", Stores>>();
    void (() => reset().dispatch());
    void (() => reset().dispatch({}));
    expectTypeOf<ReturnType<typeof reset>["data"]>().toEqualTypeOf<{ cleared: number } | null>();
    expectTypeOf<ReturnType<typeof reset>["error"]>().toEqualTypeOf<MusubiCommandError | null>();
    const quantity = () => musubi.useMusubiCommand(line, "set_qty");
    type Quantity = ReturnType<typeof quantity>;
    expectTypeOf<Quantity["dispatch"]>().returns.resolves.toEqualTypeOf<{ ok: boolean }>();
    void (() => musubi.useMusubiCommand(page.lines[0]!, "set_qty"));
    void (() => musubi.useMusubiCommand<"Demo.Page", "rename">(page, "rename"));
    // @ts-expect-error payload missing
    void (() => musubi.useMusubiCommand(page, "rename").dispatch());
    // @ts-expect-error unknown command
    void (() => musubi.useMusubiCommand(page, "nope"));
    void (() =>
      musubi.useMusubiEvent(page, "toast", ({ msg }) => expectTypeOf(msg).toEqualTypeOf<string>()));
    // @ts-expect-error unknown event
    void (() => musubi.useMusubiEvent(page, "nope", () => undefined));
  });

  test("of a provider take a connection or a socket", () => {
    const { MusubiProvider } = musubi;
    const children: ReactNode = null;
    void (() => [
      <MusubiProvider connection={connection}>{children}</MusubiProvider>,
      <MusubiProvider socket={socket} topic="shop" uploaders={{}} />,
    ]);
    // @ts-expect-error both
    void (() => <MusubiProvider connection={connection} socket={socket} />);
    // @ts-expect-error neither
    void (() => <MusubiProvider />);
  });

  test("without a registry are open", () => {
    const { useMusubiRootSuspense, useMusubiSnapshot, useMusubiCommand } = createMusubi();
    void (() => {
      const store = useMusubiRootSuspense({ module: "X", id: "y" });
      expectTypeOf(store["anything"]).toBeAny();
      expectTypeOf(useMusubiSnapshot(store)?.["anything"]).toBeAny();
      return [useMusubiCommand(store, "whatever").dispatch({ n: 1 }), keyOf(store)];
    });
  });
});
