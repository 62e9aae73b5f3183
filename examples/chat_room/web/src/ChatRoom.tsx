import type { StoreProxy } from "@musubi/react";
import { Connecting, Live } from "../../../shared_web/states.js";
import { Composer } from "./Composer.js";
import { useMusubiSnapshot } from "../../../shared_web/connection.js";
import { Messages } from "./Messages.js";
import { People } from "./People.js";
import { Sharing } from "./Sharing.js";

export type Store = StoreProxy<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;

/** The room: who is there, what was said, and what to say. */
export function ChatRoom({ store, isLive }: { store: Store; isLive: boolean }) {
  const room = useMusubiSnapshot(store);
  if (room === undefined) return <Connecting />;
  const me = room.current_user;
  return (
    <main className="room">
      <header>
        <div>
          <h1>#general</h1>
          <p className="muted">Open a second tab: it is in the same room.</p>
        </div>
        {room.sharing && <Sharing sharing={room.sharing} />}
        <Live isLive={isLive} />
      </header>
      <People store={store} users={room.online_users} me={me} sharing={room.sharing} isLive={isLive} />
      <Messages messages={room.messages} me={me.name} />
      <Composer store={store} isLive={isLive} last={room.last_send_status} upload={room.attachment} />
    </main>
  );
}
