import { useMusubiRefusal } from "@musubi/react";
import { Connecting, Failed, NotLetIn, Reload } from "../../../shared_web/states.js";
import { ChatRoom } from "./ChatRoom.js";
import { socket, useMusubiConnectionStatus, useMusubiRoot } from "../../../shared_web/connection.js";

export function App() {
  const refusal = useMusubiRefusal(socket);
  const { state } = useMusubiConnectionStatus();
  if (refusal !== null) return <NotLetIn refusal={refusal} onRetry={() => socket.connect()} />;
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
  if (root.status === "error") {
    return (
      <Failed title="The room is not here" error={root.error}>
        <Reload />
      </Failed>
    );
  }
  return <ChatRoom store={root.store} isLive={root.isLive} />;
}
