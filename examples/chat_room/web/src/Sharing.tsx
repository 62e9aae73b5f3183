import type { StoreSnapshot } from "@musubi/react";

type State = StoreSnapshot<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;
type Shared = NonNullable<State["sharing"]>;

/** Which other programs share the room, or what stands between them, and what that means for who writes. */
export function Sharing({ sharing }: { sharing: Shared }) {
  const { isGood, title, more } = words(sharing);
  return (
    <div role="status" className={`sharing ${more === undefined ? "" : "explained"}`}>
      <span className={`pill dot ${isGood ? "good" : "warn"}`}>{title}</span>
      {more !== undefined && <p>{more}</p>}
    </div>
  );
}

/** Whether nobody knows if someone is still there: of another program, while the broker is away. */
export function isOutOfReach(user: string, sharing: State["sharing"] | undefined): boolean {
  return sharing?.connected === false && !user.endsWith(`-${sharing.site}`);
}

function words({ connected, error, others, site }: Shared): { isGood: boolean; title: string; more?: string } {
  if (!connected && error === "") return { isGood: false, title: "Connecting to the broker…" };
  if (!connected) {
    const more = `Those in ${site} see what you write; the others do when it is back.`;
    return { isGood: false, title: "The broker is away", more };
  }
  const away = others.filter((each) => !each.online).map((each) => each.site);
  if (away.length === 1) {
    return { isGood: false, title: `${away[0]} is away`, more: "It gets what you write when it is back." };
  }
  if (away.length !== 0) {
    return { isGood: false, title: `${away.join(", ")} are away`, more: "They get what you write when they are back." };
  }
  const title = others.length === 0 ? "Shared with nobody yet" : `Shared with ${others.map((each) => each.site).join(", ")}`;
  return { isGood: true, title };
}
