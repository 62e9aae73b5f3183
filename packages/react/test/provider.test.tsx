import * as client from "@musubi/client";
import { connect, type MusubiConnection } from "@musubi/client";
import { StrictMode, type ReactNode } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createMusubi } from "../src/index.js";
import { FakeSocket } from "../../client/test/support/fake_socket.js";
import { Device, type Stores } from "./support/device.js";
import { musubi, open, PAGE, within } from "./support/page.js";
import { act, Boundary, show } from "./support/render.js";

const {
  MusubiProvider,
  useMusubiConnection,
  useMusubiConnectionStatus,
  useMusubiRoot,
  useMusubiStatus,
} = musubi;

// React tells the console of everything that a boundary catches.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
/** Lets timers without a delay fire, and those that they start. */
const nextTask = () =>
  act(async () => {
    for (let i = 0; i < 4; ++i) await new Promise((done) => setTimeout(done, 1));
  });

/** What a component sees of its provider. */
function spy() {
  const seen: { connection?: MusubiConnection<any> } = {};
  function Spy() {
    seen.connection = useMusubiConnection();
    return <>connected</>;
  }
  return { seen, Spy };
}

function Handshake({ children }: { children?: ReactNode }) {
  const status = useMusubiConnectionStatus();
  if (status.state === "error") return <>{status.error.message}</>;
  return <>{status.state === "ready" && children ? children : status.state}</>;
}

function Title({ id = "main" }: { id?: string }) {
  const root = useMusubiRoot({ ...PAGE, id });
  return <>{root.status === "ready" ? root.store.title : root.status}</>;
}

describe("a provider with a connection", () => {
  test("gives it to what is below", async () => {
    const { seen, Spy } = spy();
    const { connection, ...page } = await open(<Spy />);
    expect(page.text).toBe("connected");
    expect(seen.connection).toBe(connection);
  });

  test("has another when it is given another", async () => {
    const { seen, Spy } = spy();
    const page = await open(<Spy />);
    const other = await connect<Stores>(new FakeSocket());
    await page.change(within(other, <Spy />));
    expect(seen.connection).toBe(other);
  });

  test("does not end it", async () => {
    const page = await open(<Title />);
    await page.device.accept({ title: "hello" });
    await page.remove();
    await nextTask();
    void page.connection.mountStore({ ...PAGE, id: "later" });
    expect(page.device.joins("later")).toHaveLength(1);
  });

  test("is ready at once", async () => {
    const page = await open(<Handshake />);
    expect(page.text).toBe("ready");
  });
});

describe("without a provider", () => {
  test.each([
    ["useMusubiConnection", () => useMusubiConnection()],
    ["useMusubiConnectionStatus", () => useMusubiConnectionStatus()],
    ["useMusubiStatus", () => useMusubiStatus()],
    ["useMusubiBuildChange", () => musubi.useMusubiBuildChange()],
  ])("%s throws, and says what is missing", async (name, use) => {
    const Lost = () => <>{String(use())}</>;
    const shown = await show(<Boundary children={<Lost />} />);
    expect(shown.text).toBe(`${name} must be used inside <MusubiProvider>`);
  });

  test("of its own, each createMusubi is on its own", async () => {
    const other = createMusubi<Stores>();
    const Lost = () => <>{String(other.useMusubiConnection())}</>;
    const page = await open(<Lost />);
    expect(page.text).toContain("must be used inside <MusubiProvider>");
  });
});

describe("a provider with a socket", () => {
  test("is connecting, then ready", async () => {
    const seen: string[] = [];
    const Follow = () => {
      seen.push(useMusubiConnectionStatus().state);
      return null;
    };
    const device = new Device();
    await show(<MusubiProvider socket={device} children={<Follow />} />);
    expect(seen).toEqual(["connecting", "ready"]);
    expect(device.connects).toBe(1);
  });

  test("lets roots be mounted below it once it is ready", async () => {
    const device = new Device();
    const page = await show(
      <MusubiProvider socket={device}>
        <Handshake>
          <Title />
        </Handshake>
      </MusubiProvider>,
    );
    expect(page.text).toBe("loading");
    await device.accept({ title: "hello" });
    expect(page.text).toBe("hello");
    expect(device.channels).toHaveLength(1);
  });

  test("joins below the topic that it is given", async () => {
    const device = new Device();
    await show(
      <MusubiProvider socket={device} topic="shop">
        <Handshake>
          <Title />
        </Handshake>
      </MusubiProvider>,
    );
    expect(device.last().topic).toBe("shop:Demo.Page:main");
  });

  test("tells why it cannot connect", async () => {
    const device = new Device();
    device.connect = () => {
      throw new Error("no such scheme");
    };
    const page = await show(<MusubiProvider socket={device} children={<Handshake />} />);
    expect(page.text).toBe("no such scheme");
  });

  test("disconnects when it goes", async () => {
    const device = new Device();
    const page = await show(
      <MusubiProvider socket={device}>
        <Handshake>
          <Title />
        </Handshake>
      </MusubiProvider>,
    );
    await page.remove();
    await nextTask();
    expect(device.left()).toBe(1);
    expect(device.removed).toHaveLength(1); // it lets go of the socket
  });

  test("disconnects a connection that is there only after it has gone", async () => {
    const connection = await new Device().connection();
    const disconnect = vi.spyOn(connection, "disconnect");
    let connected: (connection: MusubiConnection<any>) => void = () => undefined;
    const connecting = new Promise<MusubiConnection<any>>((resolve) => (connected = resolve));
    vi.spyOn(client, "connect").mockReturnValue(connecting);
    const page = await show(<MusubiProvider socket={new Device()} children={<Handshake />} />);
    expect(page.text).toBe("connecting");
    await page.remove();
    await nextTask();
    expect(disconnect).not.toHaveBeenCalled();
    connected(connection);
    await nextTask();
    expect(disconnect).toHaveBeenCalledOnce();
  });

  test("hooks that need a connection throw, and name the hook to look at first", async () => {
    const { Spy } = spy();
    const socket = new Device();
    const page = await show(
      <MusubiProvider socket={socket}>
        <Boundary>
          <Spy />
        </Boundary>
      </MusubiProvider>,
    );
    expect(page.text).toMatch(/not ready \(connecting\); look at useMusubiConnectionStatus/);
  });

  test("refuses to be given a connection too, or neither", async () => {
    const connection = await connect<Stores>(new FakeSocket());
    const both = { connection, socket: new Device() } as unknown as { connection: typeof connection };
    for (const props of [both, {} as typeof both]) {
      const page = await show(<Boundary children={<MusubiProvider {...props} />} />);
      expect(page.text).toMatch(/either `connection` or `socket`/);
    }
  });

  test("connects once in StrictMode, which shows it, removes it, and shows it again", async () => {
    const device = new Device();
    const page = await show(
      <StrictMode>
        <MusubiProvider socket={device}>
          <Handshake>
            <Title />
          </Handshake>
        </MusubiProvider>
      </StrictMode>,
    );
    await nextTask();
    await device.accept({ title: "hello" });
    expect(page.text).toBe("hello");
    expect(device.connects).toBe(1);
    expect(device.left()).toBe(0);
  });

  test("shares the connection with another provider, and the last one ends it", async () => {
    const device = new Device();
    const provider = (id: string) => (
      <MusubiProvider socket={device}>
        <Handshake>
          <Title id={id} />
        </Handshake>
      </MusubiProvider>
    );
    const [one, two] = [await show(provider("one")), await show(provider("two"))];
    await device.accept({}, "one");
    await device.accept({}, "two");
    await one.remove();
    await nextTask();
    expect([device.left("one"), device.left("two")]).toEqual([1, 0]);
    await two.remove();
    await nextTask();
    expect(device.left("two")).toBe(1);
    expect(device.connects).toBe(1);
  });
});
