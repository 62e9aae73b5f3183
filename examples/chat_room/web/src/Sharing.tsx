import type { StoreSnapshot } from "@musubi/react";

type State = StoreSnapshot<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;
type Shared = NonNullable<State["sharing"]>;

/** Which other programs share the room, and what is wrong with the broker between them. */
export function Sharing({ sharing }: { sharing: Shared }) {
  if (!sharing.connected) {
    return (
      <p role="status" className="sharing pill dot warn" title={sharing.error}>
        {sharing.error === "" ? "Connecting to the broker…" : "The broker is away: only this room hears you"}
      </p>
    );
  }
  const away = sharing.others.filter((each) => !each.online).map((each) => each.site);
  const here = sharing.others.filter((each) => each.online).map((each) => each.site);
  return (
    <p role="status" className={`sharing pill dot ${away.length === 0 ? "good" : "warn"}`}>
      {away.length !== 0
        ? `${away.join(", ")} ${away.length === 1 ? "is" : "are"} away`
        : here.length !== 0
          ? `Shared with ${here.join(", ")}`
          : "Shared with nobody yet"}
    </p>
  );
}
