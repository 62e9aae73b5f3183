import { createElement, useEffect, useMemo, useState } from "react";
import { shareConnection } from "./shared_connection.js";
const CONNECTING = { state: "connecting", connection: null };
/** {@link Musubi.MusubiProvider} */
export function Provider({ context, connection, socket, topic, uploaders, children, }) {
    if ((connection === undefined) === (socket === undefined)) {
        throw new Error("MusubiProvider takes either `connection` or `socket`");
    }
    const [connected, setConnected] = useState(CONNECTING);
    useEffect(() => {
        if (socket === undefined)
            return undefined;
        let present = true;
        const show = (status) => {
            if (present)
                setConnected(status);
        };
        const { connecting, release } = shareConnection(socket, { topic, uploaders });
        connecting.then((connection) => show({ state: "ready", connection }), (reason) => show({ state: "error", connection: null, error: asError(reason) }));
        return () => {
            present = false;
            release();
            setConnected(CONNECTING);
        };
    }, [socket, topic]); // the first uploaders stay, as they do in the client
    const given = useMemo(() => ready(connection), [connection]);
    return createElement(context.Provider, { value: given ?? connected }, children);
}
function ready(connection) {
    return connection === undefined ? null : { state: "ready", connection };
}
function asError(reason) {
    return reason instanceof Error ? reason : new Error(String(reason));
}
