import { connect } from "@musubi/client";
import { createContext, createElement, useContext } from "react";
import { Provider } from "./provider.js";
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
export function createMusubi() {
    const context = createContext(null);
    const useHandshake = (hook) => {
        const status = useContext(context);
        if (status === null)
            throw new Error(`${hook} must be used inside <MusubiProvider>`);
        return status;
    };
    const useReady = () => {
        const status = useHandshake("useMusubiConnection");
        if (status.state === "ready")
            return status.connection;
        throw new Error(`useMusubiConnection: the connection is not ready (${status.state}); look at useMusubiConnectionStatus first`, status.state === "error" ? { cause: status.error } : undefined);
    };
    // The types are those of `Musubi<R>`: what carries them out does not know a registry.
    const musubi = {
        connect: (socket, options) => connect(socket, options),
        MusubiProvider: (props) => createElement(Provider, { ...props, context }),
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
    return musubi;
}
