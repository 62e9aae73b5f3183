import { MusubiCommandError, STORE_ID_KEY } from "@musubi/client";
import { useCallback, useRef, useState } from "react";
const NONE = { isPending: false, error: null, data: null };
/** {@link Musubi.useMusubiCommand} */
export function useCommand(store, name) {
    const latest = useRef(0);
    const [outcome, setOutcome] = useState(null);
    const dispatch = useCallback(async (payload) => {
        const own = ++latest.current;
        const show = (isPending, error, data) => {
            if (own === latest.current)
                setOutcome({ of: dispatch, isPending, error, data });
        };
        show(true, null, null);
        try {
            const reply = await store.dispatchCommand(name, payload);
            show(false, null, reply);
            return reply;
        }
        catch (reason) {
            const error = commandError(reason, name, store);
            show(false, error, null);
            throw error;
        }
    }, [store, name]);
    const reset = useCallback(() => {
        latest.current += 1;
        setOutcome(null);
    }, []);
    // With another store or command there is no outcome yet.
    const { isPending, error, data } = outcome?.of === dispatch ? outcome : NONE;
    return { dispatch, isPending, error, data, reset };
}
/** "Disconnected", "Unmounted" and the like are no replies, but a page shows them as it shows those. */
function commandError(reason, command, store) {
    if (MusubiCommandError.is(reason))
        return reason;
    const message = reason instanceof Error ? reason.message : String(reason);
    const storeId = store?.[STORE_ID_KEY] ?? [];
    const reply = { error: message };
    return new MusubiCommandError({ kind: "failed", command, storeId, reply, cause: reason });
}
