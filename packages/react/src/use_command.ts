import { MusubiCommandError, STORE_ID_KEY, type StoreId } from "@musubi/client";
import { useCallback, useRef, useState } from "react";

/** What of a store a command needs. */
export interface Commandable {
  readonly [STORE_ID_KEY]: StoreId;
  dispatchCommand(name: string, payload?: object): Promise<unknown>;
}

interface Outcome {
  readonly isPending: boolean;
  readonly error: MusubiCommandError | null;
  readonly data: unknown;
}

interface Command extends Outcome {
  readonly dispatch: (payload?: object) => Promise<unknown>;
  readonly reset: () => void;
}

const NONE: Outcome = { isPending: false, error: null, data: null };

/** {@link Musubi.useMusubiCommand} */
export function useCommand(store: Commandable, name: string): Command {
  const latest = useRef(0);
  const [outcome, setOutcome] = useState<(Outcome & { readonly of: unknown }) | null>(null);

  const dispatch = useCallback(
    async (payload?: object): Promise<unknown> => {
      const own = ++latest.current;
      const show = (isPending: boolean, error: MusubiCommandError | null, data: unknown): void => {
        if (own === latest.current) setOutcome({ of: dispatch, isPending, error, data });
      };
      show(true, null, null);
      try {
        const reply = await store.dispatchCommand(name, payload);
        show(false, null, reply);
        return reply;
      } catch (reason) {
        const error = commandError(reason, name, store);
        show(false, error, null);
        throw error;
      }
    },
    [store, name],
  );
  const reset = useCallback(() => {
    latest.current += 1;
    setOutcome(null);
  }, []);

  // With another store or command there is no outcome yet.
  const { isPending, error, data } = outcome?.of === dispatch ? outcome : NONE;
  return { dispatch, isPending, error, data, reset };
}

/** "Disconnected", "Unmounted" and the like are no replies, but a page shows them as it shows those. */
function commandError(reason: unknown, command: string, store: Commandable): MusubiCommandError {
  if (MusubiCommandError.is(reason)) return reason;
  const message = reason instanceof Error ? reason.message : String(reason);
  const storeId = store?.[STORE_ID_KEY] ?? [];
  const reply = { error: message };
  return new MusubiCommandError({ kind: "failed", command, storeId, reply, cause: reason });
}
