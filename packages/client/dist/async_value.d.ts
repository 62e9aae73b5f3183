import { type WireAsyncResult } from "./wire.js";
/** Why an async value failed: its function returned an error, or it raised, timed out, was cut. */
export type AsyncError = {
    kind: "error";
    value: unknown;
} | {
    kind: "exit";
    value: unknown;
};
/** An async value as an application sees it; `data` keeps the last result meanwhile. */
export type AsyncResult<T> = {
    status: "loading";
    data: T | null;
    error: null;
} | {
    status: "ok";
    data: T;
    error: null;
} | {
    status: "failed";
    data: T | null;
    error: AsyncError;
};
/** Whether a wire object is an async value: the marker, its three fields, and nothing else. */
export declare function isAsyncValue(value: object): value is WireAsyncResult;
