import "./document.js";
import { connect, type MusubiConnection } from "@musubi/client";
import { createMusubi } from "@musubi/react";
import { act, Component, StrictMode, Suspense, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { eventually } from "../support/eventually.js";
import { Phoenix } from "../support/phoenix.js";
import { conformanceServer, type Program } from "../support/program.js";
import { modules } from "../support/wire.js";

// @musubi/react over @musubi/client and the npm phoenix client, against the real server.
const { MusubiProvider, useMusubiRoot, useMusubiRootSuspense, useMusubiSnapshot, ...musubi } =
  createMusubi<any>();
(globalThis as any).IS_REACT_ACT_ENVIRONMENT = true;

let server: Program;
let phoenix: Phoenix;
let connection: MusubiConnection<any>;
let container: HTMLElement;
let root: ReturnType<typeof createRoot>;
beforeAll(async () => {
  server = await conformanceServer();
  return () => server.stop();
});
beforeEach(async () => {
  phoenix = new Phoenix(server, { params: { current_user: "ada" } });
  connection = await connect(phoenix.socket);
  container = document.createElement("div");
  root = createRoot(container);
});
afterEach(async () => {
  await act(async () => root.unmount());
  await connection.disconnect();
  await phoenix.close();
});

class Boundary extends Component<{ children: ReactNode }> {
  override state = { message: "" };
  static getDerivedStateFromError(error: Error) {
    return { message: error.message };
  }
  override render() {
    return this.state.message || this.props.children;
  }
}

const render = (children: ReactNode) =>
  act(async () =>
    root.render(
      <StrictMode>
        <MusubiProvider connection={connection}>
          <Boundary>
            <Suspense fallback="waiting">{children}</Suspense>
          </Boundary>
        </MusubiProvider>
      </StrictMode>,
    ),
  );
/** Waits for the page to say so; React renders what was suspended at the end of an `act`. */
const says = (text: string) =>
  eventually(async () => {
    await act(async () => undefined);
    expect(container.textContent).toContain(text);
  });
const sent = (event: string) =>
  phoenix.passed.filter(({ dir, frame }) => dir === "out" && frame[3] === event).length;

let command: ReturnType<typeof musubi.useMusubiCommand<string, string>>;

test("a page mounts, shows, commands and leaves, once each in StrictMode", async () => {
  function Beta() {
    const beta = useMusubiRoot({ module: modules.beta, id: "b", params: { label: "one" } });
    return beta.status === "ready" ? <Label store={beta.store} /> : <>{beta.status}</>;
  }
  function Label({ store }: { store: any }) {
    command = musubi.useMusubiCommand(store, "rename");
    return <>{useMusubiSnapshot<any>(store)?.label}</>;
  }
  await render(<Beta />);
  await says("one");
  await act(async () => void (await command.dispatch({ label: "two" })));
  await says("two");
  expect(command).toMatchObject({ data: {}, error: null, isPending: false });
  await act(async () => void (await command.dispatch({ label: 7 }).catch(() => undefined)));
  expect(command.error).toMatchObject({ code: "invalid payload", reply: { field: "label" } });
  await act(async () => root.render(null));
  await eventually(() => expect([sent("phx_join"), sent("phx_leave")]).toEqual([1, 1]));
});

test("Suspense waits for the root, and its boundary says why it is refused", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const Named = ({ module }: { module: string }) => (
    <>{useMusubiRootSuspense({ module, id: "b", params: { label: "there" } }).label}</>
  );
  await render(<Named module={modules.beta} />);
  await says("there");
  await render(<Named module="No.Such" />);
  await says("Root join failed: unknown root");
  expect(sent("phx_join")).toBe(2);
});

test("an async value suspends until it is there", async () => {
  function Profile() {
    const store = useMusubiRootSuspense({ module: `${prefix}AsyncRootStore`, id: "a" });
    command = musubi.useMusubiCommand(store, "load");
    return (
      <Suspense fallback="asking">
        <Name store={store} />
      </Suspense>
    );
  }
  const prefix = "Musubi.WireCapture.Stores.";
  const Name = ({ store }: { store: any }) => (
    <>{musubi.useMusubiAsync<any, any>(store, (state) => state.profile).name}</>
  );
  await render(<Profile />);
  await says("asking");
  await act(async () => void (await command.dispatch({ outcome: "ok" })));
  await says("ada");
});

test("a cut connection shows no frame without a state, and the store stays the same", async () => {
  const frames: unknown[] = [];
  const stores = new Set<unknown>();
  function Witness() {
    const witness = useMusubiRoot({ module: modules.witness, id: "w" });
    return witness.status === "ready" ? <Count {...witness} /> : null;
  }
  function Count({ store, isLive }: { store: any; isLive: boolean }) {
    command = musubi.useMusubiCommand(store, "increment");
    const count = useMusubiSnapshot<any>(store)?.count;
    frames.push(count);
    stores.add(store);
    return <>{`${count} ${isLive ? "live" : "away"} ${musubi.useMusubiStatus()}`}</>;
  }
  await render(<Witness />);
  await says("0 live ready");
  await act(async () => void (await command.dispatch({})));
  await says("1 live ready");
  await act(async () => phoenix.cut());
  await says("0 live ready"); // mounted anew
  expect(new Set(frames)).toEqual(new Set([0, 1]));
  expect(stores.size).toBe(1);
});
