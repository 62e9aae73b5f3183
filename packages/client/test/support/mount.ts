import { connect, type MountedStore, type MusubiConnection } from "../../src/index.js";
import { firstPatch, ROOT_ID } from "./envelopes.js";
import { FakeSocket, type FakeChannel } from "./fake_socket.js";
import type { Stores } from "./stores.js";

export const TARGET = { module: "Demo.Page", id: "main" } as const;

/** The server's side of a successful mount. */
export function accept(channel: FakeChannel, value: Record<string, unknown> = {}): void {
  channel.joinPush.reply("ok", { root_id: ROOT_ID });
  channel.emit("patch", firstPatch(value));
}

export interface Mounted {
  socket: FakeSocket;
  connection: MusubiConnection<Stores>;
  channel: FakeChannel;
  mounted: MountedStore<"Demo.Page", Stores>;
  store: MountedStore<"Demo.Page", Stores>["store"];
}

/** A root that is mounted and shows `value`. */
export async function mount(
  value: Record<string, unknown> = {},
  socket: FakeSocket = new FakeSocket(),
): Promise<Mounted> {
  const connection = await connect<Stores>(socket);
  const mounting = connection.mountStore(TARGET);
  const channel = socket.lastChannel;
  accept(channel, value);
  const mounted = await mounting;
  return { socket, connection, channel, mounted, store: mounted.store };
}
