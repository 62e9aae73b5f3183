import type { StoreSnapshot } from "@musubi/client";

/**
 * The gateway's stores. musubi.d.ts, which the build of the gateway writes, has them as the C++
 * declares them (examples/gateway/stores); `Gateway.Disk` and the like are there, too. A value that the
 * machine lacks is `null`; a list that was cut says in its `…_hidden` how much is missing. Bytes are
 * bytes, rates are bytes per second, shares are percent.
 */
export type Stores = Musubi.Stores;

export type Overview = StoreSnapshot<"Gateway.Stores.Overview", Stores>;
