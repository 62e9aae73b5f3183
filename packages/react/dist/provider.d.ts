import { type Context, type ReactElement } from "react";
import type { MusubiConnectionStatus, MusubiProviderProps } from "./types.js";
/** What a provider gives to the hooks below it; `null` where there is none. */
export type ConnectionContext = Context<MusubiConnectionStatus<any> | null>;
/** {@link Musubi.MusubiProvider} */
export declare function Provider({ context, connection, socket, topic, uploaders, children, }: MusubiProviderProps<any> & {
    context: ConnectionContext;
}): ReactElement;
