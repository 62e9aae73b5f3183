import type { BuildChange, MusubiConnection } from "@musubi/client";
/** {@link Musubi.useMusubiBuildChange} */
export declare function useBuildChange(connection: MusubiConnection<any> | null): BuildChange | null;
