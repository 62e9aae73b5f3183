import type { StoreProxy, StoreSnapshot } from "@musubi/client";

/**
 * The gateway's stores. musubi.d.ts, which the build of the gateway writes, has them as the C++
 * declares them (examples/gateway/stores); `Gateway.Disk` and the like are there, too. A value that the
 * machine lacks is `null`; a list that was cut says in its `…_hidden` how much is missing. Bytes are
 * bytes, rates are bytes per second, shares are percent.
 */
export type Stores = Musubi.Stores;

export type Overview = StoreSnapshot<"Gateway.Stores.Overview", Stores>;

/** Sends a command to the overview; rejects with why it was refused. */
export type Send = StoreProxy<"Gateway.Stores.Overview", Stores>["dispatchCommand"];

/** Where the values of the overview's history stand: `machine_value` of the gateway. */
export const Machine = { processor: 0, memory: 1, received: 2, sent: 3, read: 4, written: 5 } as const;
/** Where those of one interface's or disk's do. */
export const Traffic = { in: 0, out: 1 } as const;
