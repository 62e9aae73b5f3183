import { ChatRoom } from "./ChatRoom.js";
import { useMusubiConnectionStatus, useMusubiRoot } from "./connection.js";
import { useRefusal } from "./refusal.js";
import { Connecting, Failed, NotLetIn } from "./states.js";

export function App() {
  const refusal = useRefusal();
  const { state } = useMusubiConnectionStatus();
  if (refusal !== null) return <NotLetIn refusal={refusal} />;
  return state === "ready" ? <General /> : <Connecting />;
}

/** The room "general". */
function General() {
  const root = useMusubiRoot({
    module: "ChatRoom.Stores.ChatRoomStore",
    id: "room:general",
    params: { room_id: "general" },
  });
  if (root.status === "loading") return <Connecting />;
  if (root.status === "error") return <Failed error={root.error} />;
  return <ChatRoom store={root.store} isLive={root.isLive} />;
}
