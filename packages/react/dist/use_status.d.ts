import type { ConnectionStatus, MusubiConnection } from "@musubi/client";
/** {@link Musubi.useMusubiStatus}; `undefined` is a connection that is not there yet. */
export declare function useStatus(connection: MusubiConnection<any> | null): ConnectionStatus;
