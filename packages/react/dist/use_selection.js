import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
/**
 * What `select` makes of a store's snapshot, after every change of it. A result that is `equal` to the
 * one shown keeps its identity, so it renders nothing.
 */
export function useSelection(store, select, equal) {
    const shown = useRef(null);
    const getSelection = useMemo(() => {
        let last;
        return () => {
            const snapshot = store.snapshot();
            if (last !== undefined && last.snapshot === snapshot)
                return last.value;
            const value = select(snapshot);
            const known = last ?? shown.current; // a new `select` starts from what is on the screen
            last = { snapshot, value: known !== null && equal(known.value, value) ? known.value : value };
            return last.value;
        };
    }, [store, select, equal]);
    const subscribe = useCallback((listener) => store.subscribe(listener), [store]);
    const value = useSyncExternalStore(subscribe, getSelection, getSelection);
    useEffect(() => {
        shown.current = { value };
    }, [value]);
    return value;
}
