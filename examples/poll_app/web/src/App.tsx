import { useMusubiRefusal } from "@musubi/react";
import { Connecting, NotLetIn } from "../../../shared_web/states.js";
import { socket, useMusubiConnectionStatus } from "../../../shared_web/connection.js";
import { Dashboard } from "./Dashboard.js";
import { Room } from "./Room.js";
import { usePollId } from "./route.js";

/** One connection; the page of one poll or of all, each a root of its own. */
export function App() {
  const pollId = usePollId();
  const refusal = useMusubiRefusal(socket);
  const { state } = useMusubiConnectionStatus();
  if (refusal !== null) return <NotLetIn refusal={refusal} onRetry={() => socket.connect()} />;
  if (state !== "ready") return <Connecting />;
  return pollId === "" ? <Dashboard /> : <Room key={pollId} pollId={pollId} />;
}
