import { useEffect, useRef } from "react";
/** {@link Musubi.useMusubiEvent} */
export function useEvent(store, name, handler) {
    const latest = useRef(handler);
    useEffect(() => {
        latest.current = handler;
    });
    useEffect(() => store.handleEvent(name, (payload) => latest.current(payload)), [store, name]);
}
