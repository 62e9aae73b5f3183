// What the React pages of the examples show in place of their stores. Each says in its own words what is missing.
import type { Refusal } from "@musubi/client";
import { useEffect, useState, type ReactNode } from "react";

/** Most programs have answered by then, in milliseconds. */
const USUAL_MS = 4000;

/** Nothing to show yet. */
export function Connecting() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), USUAL_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="shell" aria-busy="true">
      <div className="spinner" />
      <h1>Connecting…</h1>
      <p className="muted late" role="status">
        {isLate && "This takes longer than usual. Is the program running?"}
      </p>
    </main>
  );
}

/** There is no connection, and why. */
export function NotLetIn({ refusal: { status, reason }, onRetry }: { refusal: Refusal; onRetry: () => void }) {
  // With these the page tries again by itself.
  const title = { 400: "No way through", 503: "It is crowded in here" }[status];
  return (
    <main className="shell">
      <h1>{title ?? "Not let in"}</h1>
      <p className="muted" role="alert">
        {sentence(reason || (status === 503 ? "there is no room for another browser" : "the program refused the connection"))}
      </p>
      {title !== undefined ? (
        <p className="muted">This page tries again by itself.</p>
      ) : (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </main>
  );
}

/** A root that could not be mounted; `children` is what may be done about it. */
export function Failed({ title, error, children }: { title: string; error: Error; children: ReactNode }) {
  return (
    <main className="shell">
      <h1>{title}</h1>
      <p className="muted" role="alert">
        {sentence(error.message.replace(/^Root join failed: /, ""))}
      </p>
      {children}
    </main>
  );
}

/** Begins anew, where nothing else can be done. */
export function Reload() {
  return (
    <button type="button" className="button" onClick={() => location.reload()}>
      Try again
    </button>
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

/** What a program says, for people: "there is no such poll" → "There is no such poll." */
export function sentence(reason: string): string {
  if (reason === "unauthorized") return "You have no access: the program does not know this browser, or its token is wrong.";
  const first = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
