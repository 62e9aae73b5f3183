import { useMusubiRefusal, type StoreProxy } from "@musubi/react";
import { Connecting, Failed, Live, NotLetIn, Reload } from "../../../shared_web/states.js";
import { socket, useMusubiConnectionStatus, useMusubiRoot, useMusubiSnapshot } from "../../../shared_web/connection.js";
import { summary } from "./words.js";
import { Zone } from "./Zone.js";

export function App() {
  const refusal = useMusubiRefusal(socket);
  const { state } = useMusubiConnectionStatus();
  if (refusal !== null) return <NotLetIn refusal={refusal} onRetry={() => socket.connect()} />;
  return state === "ready" ? <Mounted /> : <Connecting />;
}

function Mounted() {
  const root = useMusubiRoot({ module: "House.Stores.House", id: "main" });
  if (root.status === "loading") return <Connecting />;
  if (root.status === "error") {
    return (
      <Failed title="The house is not here" error={root.error}>
        <Reload />
      </Failed>
    );
  }
  return <House store={root.store} isLive={root.isLive} />;
}

/** All thermostats; each is a root of its own. */
function House({ store, isLive }: { store: StoreProxy<"House.Stores.House", Musubi.Stores>; isLive: boolean }) {
  const house = useMusubiSnapshot(store);
  if (house === undefined) return <Connecting />;
  const { zones, live, heating } = house;
  return (
    <main className="page house">
      <header>
        <div>
          <h1>The house</h1>
          <p className="muted">
            {zones.length === 0
              ? "No thermostats: name them when you start the program, see --help"
              : summary(zones.length, live, heating)}
          </p>
        </div>
        <Live isLive={isLive} />
      </header>
      <ul>
        {zones.map((name) => (
          <li key={name}>
            <Zone name={name} />
          </li>
        ))}
      </ul>
    </main>
  );
}
