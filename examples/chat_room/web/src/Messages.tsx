import type { StoreSnapshot } from "@musubi/react";
import { Avatar } from "./Avatar.js";
import { Bubble, Page } from "./icons.js";
import { bytes } from "./words.js";

type State = StoreSnapshot<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;
type Message = NonNullable<State["messages"]["data"]>[number];

/** What was said, the newest at the bottom; the store has the newest first. */
export function Messages({ messages, me }: { messages: State["messages"]; me: string }) {
  const all = [...(messages.data ?? [])].reverse();
  return (
    <section className="messages card" aria-label="Messages" tabIndex={0}>
      {all.length !== 0 && (
        <ol aria-live="polite">
          {all.map((message, i) => (
            <Line
              key={message.id}
              message={message}
              isMine={message.sender === me}
              isFirst={all[i - 1]?.sender !== message.sender}
              isLast={all[i + 1]?.sender !== message.sender}
            />
          ))}
        </ol>
      )}
      <History status={messages.status} isEmpty={all.length === 0} />
    </section>
  );
}

/** What the list does not say itself. Messages that arrive while the history loads are shown below this. */
function History({ status, isEmpty }: { status: State["messages"]["status"]; isEmpty: boolean }) {
  if (status === "ok" && !isEmpty) return null;
  return (
    <div className={`history muted ${isEmpty ? "alone" : ""}`} role="status">
      {status === "loading" && (
        <>
          <div className="spinner" />
          <p>Loading the history…</p>
        </>
      )}
      {status === "failed" && (
        <>
          <p>The history could not be loaded.</p>
          <button type="button" className="button" onClick={() => location.reload()}>
            Try again
          </button>
        </>
      )}
      {status === "ok" && (
        <>
          <Bubble />
          <p>Nothing was said yet. Say hello!</p>
        </>
      )}
    </div>
  );
}

interface LineProps {
  message: Message;
  isMine: boolean;
  /** Of those that one person said in a row. */
  isFirst: boolean;
  isLast: boolean;
}

function Line({ message, isMine, isFirst, isLast }: LineProps) {
  const { attachment, body, sender } = message;
  const saysMore = attachment === null || body !== `shared ${attachment.name}`;
  return (
    <li className={`${isMine ? "mine" : ""} ${isFirst ? "first" : ""} ${isLast ? "last" : ""}`}>
      {!isMine && (isLast ? <Avatar name={sender} /> : <span className="avatar-space" />)}
      <div className="bubble">
        <b className={isMine || !isFirst ? "visually-hidden" : "sender"}>{sender}</b>
        {saysMore && <p>{body}</p>}
        {attachment !== null && <File file={attachment} />}
      </div>
    </li>
  );
}

function File({ file }: { file: NonNullable<Message["attachment"]> }) {
  const url = file.url.slice(1); // below the path of this page
  const isImage = file.content_type.startsWith("image/");
  return (
    <a className={isImage ? "picture" : "file"} href={url} target="_blank" rel="noreferrer">
      {isImage ? <img src={url} alt={file.name} loading="lazy" /> : <Page />}
      <span className="caption">
        <span className="file-name">{file.name}</span>
        <span className="size">{bytes(file.size)}</span>
      </span>
    </a>
  );
}
