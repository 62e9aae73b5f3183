import type { StoreSnapshot } from "@musubi/react";
import { useRef, useState, type ChangeEvent, type FormEvent } from "react";
import type { Store } from "./ChatRoom.js";
import { useMusubiCommand } from "../../../shared_web/connection.js";
import { Clip } from "./icons.js";
import { notShared, problem } from "./words.js";

type State = StoreSnapshot<"ChatRoom.Stores.ChatRoomStore", Musubi.Stores>;

interface Props {
  store: Store;
  isLive: boolean;
  last: State["last_send_status"];
  upload: State["attachment"];
}

/** Sends messages and files. */
export function Composer({ store, isLive, last, upload }: Props) {
  const send = useMusubiCommand(store, "send_message");
  const attach = useMusubiCommand(store, "attach");
  const [body, setBody] = useState("");
  const [failure, setFailure] = useState("");
  const input = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() === "") return input.current?.focus();
    try {
      setFailure("");
      if (upload.isError) await upload.reset(); // its reason has been read
      await send.dispatch({ body: body.trim() });
      setBody("");
    } catch (error) {
      setFailure(problem(error));
    }
  };

  // Chooses, transfers, and has the store take what has arrived.
  const share = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])];
    target.value = ""; // the same file may be chosen again
    try {
      setFailure("");
      const accepted = await upload.select(files);
      if (accepted.length !== 0) {
        await upload.start();
        await attach.dispatch();
      }
    } catch (error) {
      setFailure(problem(error));
      await upload.cancel().catch(() => undefined);
    }
  };

  const refusal = upload.errors[0] ?? upload.entries[0]?.errors[0];
  return (
    <form className="composer" onSubmit={(event) => void submit(event)}>
      <label className="button attach">
        <input
          type="file"
          className="visually-hidden"
          accept={upload.config.accept === "any" ? "" : upload.config.accept.join()}
          disabled={!isLive || upload.isUploading}
          onChange={(event) => void share(event)}
        />
        <Clip />
        <span className="visually-hidden">Share a file</span>
      </label>
      <input
        ref={input}
        aria-label="Message"
        placeholder="Say something"
        value={body}
        maxLength={400}
        autoComplete="off"
        onChange={(event) => setBody(event.target.value)}
      />
      <button type="submit" className="button primary" disabled={!isLive || send.isPending}>
        Send
      </button>
      <p role="status">
        {failure !== "" || refusal !== undefined ? (
          <span className="problem">{failure || notShared(refusal!, upload.config)}</span>
        ) : upload.isUploading ? (
          <>
            Sharing {upload.entries[0]?.clientName} <progress max={100} value={upload.progress} aria-label="Progress" />
          </>
        ) : last.type === "failed" ? (
          <span className="problem">The message was not sent: {last.reason}.</span>
        ) : (
          <span className="muted">{send.isPending ? "Sending…" : isLive && last.type === "ok" && "Sent."}</span>
        )}
      </p>
    </form>
  );
}
