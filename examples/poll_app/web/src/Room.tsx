import { MusubiCommandError, type StoreProxy, type StoreSnapshot } from "@musubi/react";
import { useEffect, useState } from "react";
import { Connecting, Failed, Live, sentence } from "../../../shared_web/states.js";
import { useMusubiCommand, useMusubiRoot, useMusubiSnapshot } from "../../../shared_web/connection.js";
import { OptionBar } from "./OptionBar.js";
import { startHere } from "./route.js";
import { voterId } from "./voter.js";
import { count } from "./words.js";

type Store = StoreProxy<"PollApp.Stores.PollRoomStore", Musubi.Stores>;
type State = StoreSnapshot<"PollApp.Stores.PollRoomStore", Musubi.Stores>;

/** One poll. */
export function Room({ pollId }: { pollId: string }) {
  const root = useMusubiRoot({
    module: "PollApp.Stores.PollRoomStore",
    id: pollId,
    params: { poll_id: pollId, voter_id: voterId },
  });
  if (root.status === "loading") return <Connecting />;
  if (root.status === "ready") return <Poll store={root.store} isLive={root.isLive} />;
  return (
    <Failed title="This poll is not here" error={root.error}>
      <a className="button" href="#">
        All polls
      </a>
    </Failed>
  );
}

function Poll({ store, isLive }: { store: Store; isLive: boolean }) {
  const page = useMusubiSnapshot(store);
  const vote = useMusubiCommand(store, "vote");
  const removeVote = useMusubiCommand(store, "reset_vote");
  const toggle = useMusubiCommand(store, "toggle_status");
  const [answer, setAnswer] = useState("");
  const [celebrated, celebrate] = useState({ option: "", times: 0 });
  const title = page?.poll.title ?? "Live polls";
  useEffect(() => void (document.title = title), [title]);
  if (page === undefined) return <Connecting />;

  const { poll, options, user_vote: own } = page;
  const isOpen = poll.status === "active";
  const most = Math.max(1, ...options.map((option) => option.vote_count));

  /** Sends a command; what it is answered is a sentence, or nothing to say. */
  const send = async (command: () => Promise<string>) => {
    try {
      setAnswer(await command());
    } catch (error) {
      setAnswer(sentence((MusubiCommandError.is(error) && error.code) || "the connection is lost"));
    }
  };
  const choose = (option: string) =>
    send(async () => {
      const { status } = await vote.dispatch({ option_id: option });
      if (status === "voted") celebrate({ option, times: celebrated.times + 1 });
      return { voted: "", already_voted: "That is your vote already.", closed: "The poll has just been closed.", unknown_option: "That is no option of this poll." }[status];
    });

  return (
    <main className="page room">
      <header>
        <a className="button" href="#">
          ← All polls
        </a>
        <Live isLive={isLive} />
      </header>
      <div className="title">
        <h1 ref={startHere} tabIndex={-1}>
          {poll.title}
        </h1>
        <p className="muted">
          <span className={isOpen ? "pill good" : "pill"}>{isOpen ? "Open" : "Closed"}</span>{" "}
          {count(poll.total_votes, "vote")}
        </p>
      </div>
      {options.length === 0 && <p className="empty card muted">This poll has no options.</p>}
      <ul className="options" aria-label="Options">
        {options.map((option) => (
          <li key={option.id}>
            <OptionBar
              label={option.label}
              votes={option.vote_count}
              share={poll.total_votes === 0 ? 0 : option.vote_count / poll.total_votes}
              isMine={own.data === option.id}
              isWinner={!isOpen && option.vote_count === most}
              celebrate={celebrated.option === option.id ? celebrated.times : 0}
              disabled={!isLive || !isOpen}
              onVote={() => void choose(option.id)}
            />
          </li>
        ))}
      </ul>
      <footer>
        <p role="status">{answer || <OwnVote own={own} options={options} isOpen={isOpen} />}</p>
        <div className="actions">
          {own.data !== null && isOpen && (
            <button
              type="button"
              className="button"
              disabled={!isLive || removeVote.isPending}
              onClick={() => void send(async () => (await removeVote.dispatch(), ""))}
            >
              Remove my vote
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={!isLive || toggle.isPending}
            onClick={() => void send(async () => (await toggle.dispatch(), ""))}
          >
            {isOpen ? "Close the poll" : "Open it again"}
          </button>
        </div>
      </footer>
    </main>
  );
}

/** What this browser voted, in every state of the value. */
function OwnVote({ own, options, isOpen }: { own: State["user_vote"]; options: State["options"]; isOpen: boolean }) {
  if (own.status === "loading") return <span className="muted">Looking up your vote…</span>;
  if (own.status === "failed") {
    const reason = (own.error as { value?: unknown } | null)?.value;
    return <span className="problem">Your vote did not count: {String(reason ?? "nobody knows why")}.</span>;
  }
  const chosen = options.find((option) => option.id === own.data);
  if (chosen !== undefined) {
    return (
      <>
        You voted for <b>{chosen.label}</b>.
      </>
    );
  }
  return <span className="muted">{isOpen ? "You have not voted yet." : "You did not vote."}</span>;
}
