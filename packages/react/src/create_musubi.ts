import { connect, type MusubiConnection } from "@musubi/client";
import { createContext, createElement, useContext } from "react";
import type { Musubi } from "./musubi.js";
import { Provider } from "./provider.js";
import type { MusubiConnectionStatus, MusubiProviderProps } from "./types.js";
import { useAsync } from "./use_async.js";
import { useBuildChange } from "./use_build_change.js";
import { useCommand } from "./use_command.js";
import { useEvent } from "./use_event.js";
import { useRoot } from "./use_root.js";
import { useRootSuspense } from "./use_root_suspense.js";
import { useSnapshot } from "./use_snapshot.js";
import { useSnapshotSuspense } from "./use_snapshot_suspense.js";
import { useStatus } from "./use_status.js";

/**
 * The provider and the hooks for one registry of stores, usually `Musubi.Stores`. Call it once, in a
 * module of its own: each call has a context of its own.
 */
export function createMusubi<R = any>(): Musubi<R> {
  const context = createContext<MusubiConnectionStatus<any> | null>(null);

  const useHandshake = (hook: string): MusubiConnectionStatus<any> => {
    const status = useContext(context);
    if (status === null) throw new Error(`${hook} must be used inside <MusubiProvider>`);
    return status;
  };
  const useReady = (): MusubiConnection<any> => {
    const status = useHandshake("useMusubiConnection");
    if (status.state === "ready") return status.connection;
    throw new Error(
      `useMusubiConnection: the connection is not ready (${status.state}); look at useMusubiConnectionStatus first`,
      status.state === "error" ? { cause: status.error } : undefined,
    );
  };

  // The types are those of `Musubi<R>`: what carries them out does not know a registry.
  const musubi: { [K in keyof Musubi<any>]: (...args: any[]) => unknown } = {
    connect: (socket, options) => connect(socket, options),
    MusubiProvider: (props: MusubiProviderProps<any>) =>
      createElement(Provider, { ...props, context }),
    useMusubiConnection: useReady,
    useMusubiConnectionStatus: () => useHandshake("useMusubiConnectionStatus"),
    useMusubiStatus: () => useStatus(useHandshake("useMusubiStatus").connection),
    useMusubiBuildChange: () => useBuildChange(useHandshake("useMusubiBuildChange").connection),
    useMusubiRoot: (options) => useRoot(useReady(), options),
    useMusubiRootSuspense: (options) => useRootSuspense(useReady(), options),
    useMusubiSnapshot: useSnapshot,
    useMusubiSnapshotSuspense: useSnapshotSuspense,
    useMusubiAsync: useAsync,
    useMusubiCommand: useCommand,
    useMusubiEvent: useEvent,
  };
  return musubi as unknown as Musubi<R>;
}
