import { useEffect, useRef } from "react";

/** What of a store an event's handler needs. */
export interface Eventful {
  handleEvent(name: string, handler: (payload: unknown) => void): () => void;
}

/** {@link Musubi.useMusubiEvent} */
export function useEvent(
  store: Eventful,
  name: string,
  handler: (payload: unknown) => void,
): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(
    () => store.handleEvent(name, (payload) => latest.current(payload)),
    [store, name],
  );
}
