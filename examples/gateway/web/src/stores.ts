import type { StoreProxy, StoreSnapshot } from "@musubi/client";

/**
 * The gateway's stores. The build of the gateway writes their types to musubi.d.ts, from the C++ in
 * examples/gateway/stores, together with `Gateway.Disk` and the like. A missing value is `null`;
 * `…_hidden` is the number of entries that a truncated list lacks. Sizes are in bytes, rates in bytes
 * per second, shares in percent.
 */
export type Stores = Musubi.Stores;

export type Overview = StoreSnapshot<"Gateway.Stores.Overview", Stores>;

/** Whether somebody of this role may do what needs another. */
export function may(role: Overview["role"], needed: "operator" | "admin"): boolean {
  return role === "admin" || role === needed;
}

/** Sends a command to the overview; rejects with the reason of a refusal. */
export type Send = StoreProxy<"Gateway.Stores.Overview", Stores>["dispatchCommand"];

/** The indices of the values in the overview's history: `machine_value` of the gateway. */
export const Machine = { processor: 0, memory: 1, received: 2, sent: 3, read: 4, written: 5 } as const;
/** The indices of the values in the history of one interface or disk. */
export const Traffic = { in: 0, out: 1 } as const;
