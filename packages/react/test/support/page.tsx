import type { MusubiConnection } from "@musubi/client";
import { Suspense, type ReactNode } from "react";
import { createMusubi } from "../../src/index.js";
import { Boundary, show, type Shown } from "./render.js";
import { Device, type Stores } from "./device.js";

export const musubi = createMusubi<Stores>();
export const PAGE = { module: "Demo.Page", id: "main" } as const;

/** A device, and a page of it that shows `children`. */
export async function open(
  children: ReactNode,
): Promise<Shown & { device: Device; connection: MusubiConnection<Stores> }> {
  const device = new Device();
  const connection = await device.connection();
  return Object.assign(await show(within(connection, children)), { device, connection });
}

/** What stands around every component of these tests. */
export function within(connection: MusubiConnection<Stores>, children: ReactNode): ReactNode {
  return (
    <musubi.MusubiProvider connection={connection}>
      <Boundary>
        <Suspense fallback="waiting">{children}</Suspense>
      </Boundary>
    </musubi.MusubiProvider>
  );
}
