import type { StoreSnapshot } from "@musubi/react";
import { Avatar } from "./Avatar.js";
import { bytes } from "./words.js";

type State = StoreSnapshot<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;
type Message = NonNullable<State["messages"]["data"]>[number];

/** What was said, the newest at the bottom; the store has the newest first. */
export function Messages({ messages, me }: { messages: State["messages"]; me: string }) {
  const all = [...(messages.data ?? [])].reverse();
  return (
    <section className="messages card" aria-label="Messages" tabIndex={0}>
      {all.length === 0 ? (
        <p className="empty muted" role="status">
          {messages.status === "loading" && "Loading the history…"}
          {messages.status === "failed" && "The history could not be loaded."}
          {messages.status === "ok" && "Nothing was said yet. Say hello!"}
        </p>
      ) : (
        <ol aria-live="polite">
          {all.map((message) => (
            <Line key={message.id} message={message} isMine={message.sender === me} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ message, isMine }: { message: Message; isMine: boolean }) {
  const { attachment } = message;
  return (
    <li className={isMine ? "mine" : ""}>
      <Avatar name={message.sender} />
      <div className="bubble">
        <b>{message.sender}</b>
        <p>{message.body}</p>
        {attachment !== null && <File file={attachment} />}
      </div>
    </li>
  );
}

function File({ file }: { file: NonNullable<Message["attachment"]> }) {
  const url = file.url.slice(1); // below the path of this page
  const isImage = file.content_type.startsWith("image/");
  return (
    <a className="file" href={url} target="_blank" rel="noreferrer">
      {isImage && <img src={url} alt={file.name} loading="lazy" />}
      <span className="file-name">{file.name}</span>
      <span className="muted">{bytes(file.size)}</span>
    </a>
  );
}
