import { readFileSync } from "node:fs";
import { connect, createStorageCachePersister, memoryStorage } from "@musubi/client";
import { StrictMode, Suspense, useState, useSyncExternalStore, type ReactNode } from "react";
import { defineConfig } from "vite";
import { afterEach, describe, expect, test, vi } from "vitest";
import { child } from "../../client/test/support/envelopes.js";
import type { Musubi } from "../../client/test/support/thermostat.js";
import * as musubiReact from "../src/index.js";
import {
  createMusubi as createRegistry,
  keyOf,
  useMusubiRefusal,
  type StoreProxy,
} from "../src/index.js";
import { Device } from "./support/device.js";
import { act, Boundary as ErrorBoundary, show } from "./support/render.js";

// What the README shows, compiled and run: the first test holds the two together.
const react = () => ({ name: "what @vitejs/plugin-react gives" });

describe("the README", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const [here, readme] = [read("readme.test.tsx"), read("../README.md")];
  const blocks = [...readme.matchAll(/^```tsx?\n(.*?)^```/gms)].map((match) => match[1] as string);
  const code = (text: string): string =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .join("\n");

  test.each(blocks)("shows what stands in this file: %s", (block) => {
    expect(code(here)).toContain(code(block));
  });

  test("names every hook, and what is exported beside them", () => {
    const names = [...Object.keys(createRegistry()), ...Object.keys(musubiReact)];
    for (const name of names) expect(readme).toContain(`${name}`);
    expect(names.length).toBeGreaterThan(15);
  });
});

// One context for all parts of the guide, which call createMusubi as often as they name hooks.
const all = createRegistry<Musubi.Stores>();
function createMusubi<_>() {
  return all;
}

export const {
  MusubiProvider,
  useMusubiRoot,
  useMusubiSnapshot,
  useMusubiCommand,
  useMusubiStatus,
} = createMusubi<Musubi.Stores>();

const {
  useMusubiAsync,
  useMusubiBuildChange,
  useMusubiEvent,
  useMusubiRootSuspense,
  useMusubiSnapshotSuspense,
} = all;

// src/App.tsx
type Thermostat = StoreProxy<"Home.Stores.Thermostat", Musubi.Stores>;

function App() {
  const root = useMusubiRoot({ module: "Home.Stores.Thermostat", id: "main" });
  if (root.status === "error") return <p role="alert">{root.error.message}</p>;
  if (root.status === "loading") return <p>Connecting…</p>;
  return <Panel store={root.store} isLive={root.isLive} />;
}

function Panel({ store, isLive }: { store: Thermostat; isLive: boolean }) {
  const state = useMusubiSnapshot(store);
  const setTarget = useMusubiCommand(store, "set_target");
  if (!state) return null; // the store is not in the tree any more
  return (
    <main>
      <h1>{state.temperature} °C</h1>
      <button
        disabled={!isLive || setTarget.isPending}
        onClick={() => setTarget.dispatch({ celsius: 21 }).catch(() => undefined)}
      >
        Warmer
      </button>
      {setTarget.error && <p role="alert">{setTarget.error.code}</p>}
      {state.valves.map((valve, index) => (
        <Valve key={keyOf(valve)} store={store.valves[index]!} />
      ))}
    </main>
  );
}

function Valve({ store }: { store: StoreProxy<"Home.Stores.Valve", Musubi.Stores> }) {
  return <p>{useMusubiSnapshot(store, (valve) => valve?.position)} %</p>;
}

function Retrying() {
  const [attempt, setAttempt] = useState(0);
  return <Attempt key={attempt} onRetry={() => setAttempt(attempt + 1)} />;
}

function Attempt({ onRetry }: { onRetry: () => void }) {
  const root = useMusubiRoot({ module: "Home.Stores.Thermostat", id: "main" });
  return root.status === "error" ? <button onClick={onRetry}>Try again</button> : <p>{root.status}</p>;
}

function Banner() {
  const status = useMusubiStatus();
  const update = useMusubiBuildChange();
  if (update) return <button onClick={() => location.reload()}>Get {update.to}</button>;
  return status === "reconnecting" ? <p role="status">The device does not answer.</p> : null;
}

function Door({ socket }: { socket: Socket }) {
  const refusal = useMusubiRefusal(socket);
  if (refusal === null) return <App />;
  const { status, reason } = refusal;
  const tries = status === 400 || status === 503; // blocked on the way, or no room: it goes on by itself
  return (
    <main>
      <p role="alert">{reason || "The device does not let this page in."}</p>
      {!tries && <button onClick={() => socket.connect()}>Try again</button>}
    </main>
  );
}

function Suspended() {
  return (
    <ErrorBoundary>
      <Suspense fallback={<p>Connecting…</p>}>
        <Whole />
      </Suspense>
    </ErrorBoundary>
  );
}

function Whole() {
  const store = useMusubiRootSuspense({ module: "Home.Stores.Thermostat", id: "main" });
  const temperature = useMusubiSnapshotSuspense(store, (state) => state.temperature);
  useMusubiEvent(store, "alarm", ({ text }) => tell(text));
  return (
    <main>
      <h1>{temperature} °C</h1>
      <Suspense fallback={<p>asking for the weather</p>}>
        <Weather store={store} />
      </Suspense>
    </main>
  );
}

function Weather({ store }: { store: Thermostat }) {
  return <p>{useMusubiAsync(store, (state) => state.weather).sky}</p>;
}

function Room({ id }: { id: string }) {
  const root = useMusubiRoot({
    module: "Home.Stores.Thermostat",
    id,
    cache: { persister: createStorageCachePersister(() => localStorage), buster: "build-41" },
    keepPreviousData: true,
  });
  if (root.status !== "ready") return <p>{root.status}</p>;
  return <p aria-busy={root.isFetching}>{root.store.temperature} °C</p>;
}

function Firmware({ store }: { store: Thermostat }) {
  const { firmware } = store;
  const progress = useSyncExternalStore(firmware.subscribe, () => firmware.progress);
  const status = useMusubiSnapshot(store, (state) => state?.firmware.status);
  const send = async (files: FileList | null) => {
    await firmware.select(files ?? []);
    await firmware.start();
  };
  return (
    <label>
      {status} <progress value={progress} max={100} />
      <input type="file" onChange={(event) => void send(event.target.files)} />
    </label>
  );
}

const STATE = {
  temperature: 20.5,
  valves: [child(["valves", "1"], { position: 7 })],
  weather: { __musubi_async__: true, status: "loading", result: null, reason: null },
  firmware: { __musubi_upload__: "firmware" },
};
const tell = vi.fn();

class Socket extends Device {
  static last: Socket;

  constructor(
    readonly path = "/socket",
    readonly options: object = {},
  ) {
    super();
    Socket.last = this;
  }

  endPointURL(): string {
    return "ws://device/socket/websocket";
  }
  disconnect(done?: () => void): void {
    done?.();
  }
}

/** Shows a part of the guide. */
async function open(part: ReactNode) {
  const socket = new Socket();
  const connection = await connect<Musubi.Stores>(socket);
  const page = await show(<MusubiProvider connection={connection}>{part}</MusubiProvider>);
  return Object.assign(page, { socket });
}
const click = (page: { container: Element }) =>
  act(async () => page.container.querySelector("button")!.click());

afterEach(() => void vi.restoreAllMocks());

test("from nothing to a page", async () => {
  document.body.innerHTML = '<div id="root"></div>';
  let shown: ReactNode;
  const createRoot = (_: Element) => ({ render: (node: ReactNode) => void (shown = node) });
  const path = new URL("socket", document.baseURI).pathname;
  const socket = new Socket(path, { sessionStorage: memoryStorage() }); // site data may be blocked
  const connection = await connect<Musubi.Stores>(socket);

  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <MusubiProvider connection={connection}>
        <App />
      </MusubiProvider>
    </StrictMode>,
  );

  const page = await show(shown);
  expect(page.text).toBe("Connecting…");
  await socket.accept(STATE);
  expect(page.text).toBe("20.5 °CWarmer7 %");
  await click(page);
  expect(socket.last().lastPush.payload).toMatchObject({ name: "set_target", payload: { celsius: 21 } });
  await act(async () => socket.last().lastPush.reply("error", { reason: "out of range" }));
  expect(page.text).toBe("20.5 °CWarmerout of range7 %");
  await socket.set("valves/0/position", 8);
  expect(page.text).toContain("8 %");
});

test("another try", async () => {
  const page = await open(<Retrying />);
  await page.socket.refuse("busy");
  expect(page.text).toBe("Try again");
  await click(page);
  expect([page.text, page.socket.joins().length]).toEqual(["loading", 2]);
  await page.socket.accept(STATE);
  expect(page.text).toBe("ready");
});

test("a banner", async () => {
  const page = await open(
    <>
      <App />
      <Banner />
    </>,
  );
  await page.socket.accept(STATE);
  await act(async () => page.socket.fire("close"));
  expect(page.text).toContain("The device does not answer.");
  await act(async () => page.socket.fire("open"));
  for (const build of ["1.0", "1.1"]) {
    await act(async () => page.socket.last().joinPush.reply("ok", { build }));
  }
  expect(page.text).toContain("Get 1.1");
});

test("not let in", async () => {
  vi.stubGlobal("fetch", async () => new Response("the token is wrong", { status: 403 }));
  const socket = new Socket();
  const connection = await connect<Musubi.Stores>(socket);
  const page = await show(
    <MusubiProvider connection={connection}>
      <Door socket={socket} />
    </MusubiProvider>,
  );
  expect(page.text).toBe("Connecting…");
  socket.connected = false;
  await act(async () => socket.fire("close"));
  await vi.waitFor(() => expect(page.text).toBe("the token is wrongTry again"));
  await act(async () => socket.fire("open"));
  expect(page.text).toBe("Connecting…");
  vi.unstubAllGlobals();
});

test("with Suspense", async () => {
  const page = await open(<Suspended />);
  expect(page.text).toBe("Connecting…");
  await page.socket.accept(STATE);
  expect(page.text).toBe("20.5 °Casking for the weather");
  const weather = { ...STATE.weather, status: "ok", result: { sky: "blue" } };
  await page.socket.set("weather", weather);
  expect(page.text).toBe("20.5 °Cblue");
  const alarm = { store_id: [], name: "alarm", payload: { text: "smoke" } };
  await page.socket.send({ events: [alarm] });
  expect(tell).toHaveBeenCalledWith("smoke");
});

test("the state of the last time", async () => {
  const data = { __musubi_store_id__: [], ...STATE, temperature: 19 };
  const entry = { data, updatedAt: Date.now(), buster: "build-41" };
  localStorage.setItem("musubi:cache:main|Home.Stores.Thermostat|null", JSON.stringify(entry));
  const page = await open(<Room id="main" />);
  expect(page.text).toBe("19 °C");
  expect(page.container.innerHTML).toContain('aria-busy="true"');
  await page.socket.accept(STATE);
  expect(page.container.innerHTML).toContain('aria-busy="false"');
});

test("an upload", async () => {
  function Page() {
    const root = useMusubiRoot({ module: "Home.Stores.Thermostat", id: "main" });
    return root.status === "ready" ? <Firmware store={root.store} /> : null;
  }
  const page = await open(<Page />);
  await page.socket.accept(STATE);
  expect(page.text).toContain("idle");
  const file = { client_name: "v2.bin", client_size: 5, client_type: "" };
  const entry = { ref: "u_1", ...file, progress: 40, status: "uploading" as const, errors: [] };
  const upload = { upload: "firmware", store_id: [] };
  await page.socket.send({ upload_ops: [{ ...upload, op: "add", ref: "u_1", entry }] });
  expect(page.container.querySelector("progress")?.getAttribute("value")).toBe("40");
});

export default defineConfig({
  base: "./",
  plugins: [react()],
  server: { proxy: { "/socket": { target: "http://127.0.0.1:4000", ws: true } } },
});
export const linked = defineConfig({
  resolve: { dedupe: ["react", "react-dom", "@musubi/client"] },
});
