import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The scenarios that the tests of the original's React package name (docs/contract.md, 13.10), and the test
 * that plays each of them here.
 */
const SCENARIOS: Record<string, Record<string, string>> = {
  provider: {
    "exposes the Musubi connection to descendants": "gives it to what is below",
    "useMusubiConnection throws outside a provider": "%s throws, and says what is missing",
    "connecting -> ready transitions and exposes status": "is connecting, then ready",
    "child useMusubiRoot mounts after ready": "lets roots be mounted below it once it is ready",
    "connect failure surfaces as error state": "tells why it cannot connect",
    "unmount during connect disconnects the resolved connection":
      "disconnects a connection that is there only after it has gone",
    "useMusubiConnection error message mentions useMusubiConnectionStatus when not ready":
      "hooks that need a connection throw, and name the hook to look at first",
    "rejects when both connection and socket are supplied":
      "refuses to be given a connection too, or neither",
  },
  root: {
    "useMusubiRoot mounts and unmounts a root store":
      "is loading, then ready; it is left when the component goes",
    "useMusubiRoot reuses a pending mount during StrictMode effect replay":
      "is mounted once by StrictMode, which replays effects while the mount is under way",
    "useMusubiRoot does not unmount another root when mount fails":
      "fails with its reason, and unmounts nobody else's",
    "failure variant: failed mount entry is removed (no poison) and retries":
      "that failed is tried anew by a component that takes the place of the last",
    "logically-equal params share a single mount": "is one for equal params, whatever their order",
  },
  snapshot: {
    "re-renders on snapshot updates": "renders once for each change",
    "selector + equalityFn suppresses unrelated re-renders":
      "does not render for what a selector leaves out",
    "fresh-literal selector with same content does not re-render":
      "compares the members of what a selector makes anew each time",
    "shallowEqual default is overridable": "takes another equality",
    "returns stable string from proxy id": "keyOf gives the id of a store as text",
  },
  snapshot_suspense: {
    "suspends while the store node is absent, then renders":
      "suspends while the store is not in the tree, and shows it once it is back",
    "a selector returning undefined on a ready snapshot does not suspend":
      "does not suspend for a selector that gives undefined",
    "suspends while loading, renders the value on ok":
      "suspends while the value is loading, then gives its data",
    "throws to the error boundary on failed": "throws what failed, with its reason as the cause",
  },
  command: {
    "dispatch identity is stable across renders for same proxy+name":
      "gives the same dispatch for the same store and name",
    "isPending + data populate on success": "is pending, then has the reply",
    "error is MusubiCommandError on failure":
      "has the error of a command that is refused, and dispatch rejects with it",
    "non-MusubiCommandError throws are wrapped with structured fields + cause":
      "makes a command error of any other, with that as its cause",
    "reset() clears state": "forgets its outcome on reset",
    "overlapping dispatches: only latest commits state":
      "shows only what became of the latest of several dispatches",
    "reset() while in-flight invalidates the dispatch":
      "does not show what a dispatch comes to that a reset has forgotten",
    "MusubiCommandError.is detects cross-module instances":
      "a command error of another copy of the client is known by its name",
  },
  event: {
    "subscribes to push events and unsubscribes on unmount":
      "calls its handler for each event, until the component goes",
    "does not resubscribe when the handler identity changes, and calls the latest":
      "calls the handler of the latest render, and does not subscribe anew for it",
  },
  revalidate: {
    "a cache-seeded mount is ready with isFetching until revalidation settles":
      "is seeded: ready with the state of the last time, and fetching",
    "revalidation failure surfaces revalidationError while keeping the stale store":
      "keeps the old state when the live one does not come, and says why",
    "keepPreviousData keeps the prior store visible while a new key mounts":
      "keeps the last root on the screen, alive, until the next one is ready",
  },
  root_suspense: {
    "loading suspends, then resolves to ready store": "shows the fallback, then the root",
    "mount failure is caught by an error boundary": "gives a mount that fails to the error boundary",
    "cross-variant cache: root + suspense share one server mount": "is shared with useMusubiRoot",
    "suspense unmount before resolve cleans up (no leak)":
      "that was removed before its mount has settled leaves the root after a lease",
    "orphan sweep bails when a newer render supersedes the lease":
      "that comes back within the lease finds its root",
    "orphan sweep bails when the entry was replaced by a fresh SharedRootMount":
      "outlives the lease of the failure that it takes the place of",
    "StrictMode + sibling: this fiber's lifecycle does not poison a sibling's claim":
      "stays for a sibling that still waits when the first user goes (StrictMode: %s)",
    "orphan sweep bails when a committed consumer is holding the entry":
      "that is committed is kept, whatever became of renders before",
    "SPA route swap under startTransition does not double-mount the resolved root":
      "%s, mounts the next root once and unmounts only the last",
    "orphan sweep on a still-pending mount: resumed render does not double-mount when sweep fires before mount settles":
      "is mounted once, however long that takes",
    "Suspense ping after route swap: orphaned suspended render does not tear down committed entry":
      "%s, mounts the next root once and unmounts only the last",
  },
  reconnect: {
    "no undefined frame and stable store identity across a channel rejoin": "across %s",
    "version-mismatch recovery (recreate channel) shows no undefined frame": "across %s",
  },
};

describe("a scenario of the original is played:", () => {
  test("all 48", () => {
    expect(Object.values(SCENARIOS).flatMap(Object.keys)).toHaveLength(48);
  });

  for (const [subject, scenarios] of Object.entries(SCENARIOS)) {
    const source = readFileSync(join(import.meta.dirname, `${subject}.test.tsx`), "utf8");
    test.each(Object.entries(scenarios))("%s", (_name, ours) => {
      expect(source).toContain(`"${ours}"`);
    });
  }
});
