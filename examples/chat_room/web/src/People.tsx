import type { StoreSnapshot } from "@musubi/react";
import { useEffect, useState, type FormEvent } from "react";
import { Avatar } from "./Avatar.js";
import type { Store } from "./ChatRoom.js";
import { useMusubiCommand } from "../../../shared_web/connection.js";
import { rememberedName, rememberName } from "./name.js";
import { isOutOfReach } from "./Sharing.js";
import { problem } from "./words.js";

type State = StoreSnapshot<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;

interface Props {
  store: Store;
  users: State["online_users"];
  me: State["current_user"];
  sharing: State["sharing"] | undefined;
  isLive: boolean;
}

/** Who is there, and the own name. */
export function People({ store, users, me, sharing, isLive }: Props) {
  const rename = useMusubiCommand(store, "set_name");
  const [draft, setDraft] = useState<string | null>(null);
  const [failure, setFailure] = useState("");
  const name = draft ?? me.name;

  // A new guest at every mount: whoever had a name before gets it again.
  const { dispatch } = rename;
  useEffect(() => {
    const known = rememberedName();
    if (isLive && known !== null) dispatch({ name: known }).catch(() => undefined);
  }, [dispatch, isLive, me.id]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const reply = await dispatch({ name });
      rememberName(name.trim() === "" ? null : reply.name);
      setDraft(null);
      setFailure("");
    } catch (error) {
      setFailure(problem(error));
    }
  };

  return (
    <aside className="people card" aria-label="People">
      <h2>
        Here now{" "}
        {users.data !== null && <span className="muted">{users.data.length}</span>}
      </h2>
      {users.status === "loading" && users.data === null && <p className="muted">Looking around…</p>}
      {users.status === "failed" && <p className="muted">Nobody knows who is here.</p>}
      <ul aria-label="Who is here" tabIndex={0}>
        {users.data?.map((user) => {
          const isFar = isOutOfReach(user.id, sharing);
          return (
            <li key={user.id}>
              <span className={isFar ? "there unknown" : "there"}>
                <Avatar name={user.name} />
              </span>
              <span className="who">{user.name}</span>
              {user.id === me.id && <span className="muted you">you</span>}
              {isFar && <span className="muted you">out of reach</span>}
            </li>
          );
        })}
      </ul>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          <span className="muted">Your name</span>
          <input value={name} maxLength={40} onChange={(event) => setDraft(event.target.value)} />
        </label>
        <button
          type="submit"
          className="button"
          disabled={!isLive || rename.isPending || name === me.name}
        >
          Rename
        </button>
      </form>
      {failure !== "" && <p role="alert">{failure}</p>}
    </aside>
  );
}
