import { MusubiCommandError, STORE_ID_KEY, type StoreId } from "@musubi/client";
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
/** {@link Musubi.useMusubiCommand} */
export declare function useCommand(store: Commandable, name: string): Command;
export {};
