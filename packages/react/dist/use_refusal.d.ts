import { type RefusableSocket, type Refusal } from "@musubi/client";
/**
 * Why the server does not take this socket's connection, as `onRefused` tells it; `null` while it does,
 * or has not answered yet.
 */
export declare function useMusubiRefusal(socket: RefusableSocket): Refusal | null;
