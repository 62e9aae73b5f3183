import type { Refusal } from "@musubi/client";
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
  const isFull = refusal.status === 503; // then the page tries again by itself
  return (
    <main className="shell">
      <h1>{isFull ? "The house is full" : "Not let in"}</h1>
      <p className="muted" role="alert">
        {refusal.reason || "The program refused the connection."}
      </p>
      {isFull ? (
        <p className="muted">This page tries again by itself.</p>
      ) : (
        <button type="button" className="button" onClick={() => socket.connect()}>
          Try again
        </button>
      )}
    </main>
  );
}

/** The room could not be mounted. */
export function Failed({ error }: { error: Error }) {
  return (
    <main className="shell">
      <h1>The room is not here</h1>
      <p className="muted" role="alert">
        {error.message.replace(/^Root join failed: /, "")}
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  );
}
