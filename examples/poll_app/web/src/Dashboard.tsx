import type { StoreProxy, StoreSnapshot } from "@musubi/react";
import { useEffect } from "react";
import { Connecting, Failed, Live, Reload } from "../../../shared_web/states.js";
import { useMusubiRoot, useMusubiSnapshot } from "../../../shared_web/connection.js";
import { startHere } from "./route.js";
import { count } from "./words.js";

type Store = StoreProxy<"PollApp.Stores.DashboardStore", Musubi.Stores>;
type Poll = StoreSnapshot<"PollApp.Stores.DashboardStore", Musubi.Stores>["polls"][number];

/** All polls. */
export function Dashboard() {
  const root = useMusubiRoot({ module: "PollApp.Stores.DashboardStore", id: "dashboard" });
  useEffect(() => void (document.title = "Live polls"), []);
  if (root.status === "loading") return <Connecting />;
  if (root.status === "ready") return <Polls store={root.store} isLive={root.isLive} />;
  return (
    <Failed title="The polls are not here" error={root.error}>
      <Reload />
    </Failed>
  );
}

function Polls({ store, isLive }: { store: Store; isLive: boolean }) {
  const page = useMusubiSnapshot(store);
  if (page === undefined) return <Connecting />;
  const { header, polls } = page;
  return (
    <main className="page dashboard">
      <header>
        <div>
          <h1 ref={startHere} tabIndex={-1}>
            Live polls
          </h1>
          <p className="muted">Vote here, and every open browser follows.</p>
        </div>
        <Live isLive={isLive} />
      </header>
      <dl className="counts card" aria-label="Number of polls">
        <Count label="Open" value={header.active_count} />
        <Count label="Closed" value={header.closed_count} />
        <Count label="All" value={header.total_count} />
      </dl>
      {polls.length === 0 ? (
        <p className="empty card muted">There are no polls.</p>
      ) : (
        <ul className="polls">
          {polls.map((poll) => (
            <li key={poll.id}>
              <PollCard poll={poll} />
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt className="muted">{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function PollCard({ poll }: { poll: Poll }) {
  const isOpen = poll.status === "active";
  return (
    <a className="poll card" href={`#${poll.id}`}>
      <h2>{poll.title}</h2>
      <span className={isOpen ? "pill good" : "pill"}>{isOpen ? "Open" : "Closed"}</span>
      <span className="muted">
        {count(poll.option_count, "option")} · {count(poll.total_votes, "vote")}
      </span>
      <span className="go" aria-hidden="true">
        {isOpen ? "Vote" : "Result"} →
      </span>
    </a>
  );
}
