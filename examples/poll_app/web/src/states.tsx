import type { Refusal } from "@musubi/client";
import type { ReactNode } from "react";
import { socket } from "./connection.js";

/** Nothing to show yet. */
export function Connecting() {
  return (
    <main className="shell" aria-busy="true">
      <div className="spinner" />
      <h1>Connecting…</h1>
      <p className="muted late">This takes longer than usual. Is the program running?</p>
    </main>
  );
}

/** The server refuses the connection, and says why. */
export function NotLetIn({ refusal }: { refusal: Refusal }) {
  if (refusal.status === 503) {
    return (
      <main className="shell">
        <h1>It is crowded in here</h1>
        <p className="muted" role="alert">{sentence(refusal.reason || "there is no room for another browser")}</p>
        <p className="muted">This page tries again by itself.</p>
      </main>
    );
  }
  return (
    <main className="shell">
      <h1>Not let in</h1>
      <p className="muted" role="alert">{sentence(refusal.reason || "the program refused the connection")}</p>
      <button type="button" className="button" onClick={() => socket.connect()}>
        Try again
      </button>
    </main>
  );
}

/** A root that could not be mounted. */
export function Failed({ title, error, children }: { title: string; error: Error; children: ReactNode }) {
  return (
    <main className="shell">
      <h1>{title}</h1>
      <p className="muted" role="alert">{sentence(error.message.replace(/^Root join failed: /, ""))}</p>
      {children}
    </main>
  );
}

/** Whether the page shows the present state. */
export function Live({ isLive }: { isLive: boolean }) {
  return (
    <p role="status" className={`pill dot ${isLive ? "good" : "warn"}`}>
      {isLive ? "Live" : "Reconnecting…"}
    </p>
  );
}

/** "there is no such poll" → "There is no such poll." */
export function sentence(reason: string): string {
  const first = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
