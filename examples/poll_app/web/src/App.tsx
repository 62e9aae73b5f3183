import { Dashboard } from "./Dashboard.js";
import { useMusubiConnectionStatus } from "./connection.js";
import { useRefusal } from "./refusal.js";
import { Room } from "./Room.js";
import { usePollId } from "./route.js";
import { Connecting, NotLetIn } from "./states.js";

/** One connection; the page of one poll or of all, each a root of its own. */
export function App() {
  const pollId = usePollId();
  const refusal = useRefusal();
  const { state } = useMusubiConnectionStatus();
  if (refusal !== null) return <NotLetIn refusal={refusal} />;
  if (state !== "ready") return <Connecting />;
  return pollId === "" ? <Dashboard /> : <Room key={pollId} pollId={pollId} />;
}
