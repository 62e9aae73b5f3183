import { describe, expect, test, vi } from "vitest";
import { connect, type ConnectionStatus } from "../src/index.js";
import { FakeSocket, FakeSocketWithHooks } from "./support/fake_socket.js";

async function follow(socket = new FakeSocketWithHooks()) {
  const connection = await connect(socket);
  const seen: ConnectionStatus[] = [];
  const off = connection.onStatusChange((status) => seen.push(status));
  return { socket, connection, seen, off };
}

describe("connection status", () => {
  test("is connecting until the socket opens, and tells only what comes after", async () => {
    const { socket, connection, seen } = await follow();
    expect(connection.status()).toBe("connecting");
    expect(seen).toEqual([]);
    socket.fire("open");
    expect(connection.status()).toBe("ready");
    expect(seen).toEqual(["ready"]);
  });

  test("stays connecting while the first attempts fail", async () => {
    const { socket, connection, seen } = await follow();
    socket.fire("error");
    socket.fire("close");
    expect(connection.status()).toBe("connecting");
    expect(seen).toEqual([]);
  });

  test("tells each edge once when the socket drops and comes back", async () => {
    const { socket, seen } = await follow();
    socket.fire("open");
    socket.fire("error");
    socket.fire("close");
    socket.fire("error");
    socket.fire("open");
    socket.fire("open");
    expect(seen).toEqual(["ready", "reconnecting", "ready"]);
  });

  test("is ready at once on a socket that is open already", async () => {
    const socket = new FakeSocketWithHooks();
    socket.connected = true;
    const { connection, seen } = await follow(socket);
    expect(connection.status()).toBe("ready");
    socket.fire("close");
    expect(seen).toEqual(["reconnecting"]);
  });

  test("is always ready on a socket without callbacks", async () => {
    const connection = await connect(new FakeSocket());
    expect(connection.status()).toBe("ready");
  });

  test("is not told to a listener that has gone", async () => {
    const { socket, connection, seen, off } = await follow();
    off();
    socket.fire("open");
    expect(connection.status()).toBe("ready");
    expect(seen).toEqual([]);
  });

  test("lets go of the socket on disconnect", async () => {
    const { socket, connection } = await follow();
    const listener = vi.fn();
    connection.onStatusChange(listener);
    await connection.disconnect();
    expect(socket.removed).toEqual([["1", "2", "3"]]);
    socket.fire("open");
    expect(listener).not.toHaveBeenCalled();
  });
});
