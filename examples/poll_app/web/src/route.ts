import { useSyncExternalStore } from "react";

let visits = 0;
window.addEventListener("hashchange", () => void (visits += 1));

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The poll in the address, `#food-poll`; empty for all polls. */
export function usePollId(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1));
}

/** The `ref` of a page's heading: who goes from page to page by keyboard or by ear starts there. */
export function startHere(heading: HTMLElement | null): void {
  if (visits > 0) heading?.focus();
}
