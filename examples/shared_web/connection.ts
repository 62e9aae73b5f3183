import { memoryStorage } from "@musubi/client";
import { createMusubi } from "@musubi/react";
import { Socket } from "phoenix";

// Relative to this page, so that it works below any path. Session storage may be blocked.
const path = new URL("socket", document.baseURI).pathname;
export const socket = new Socket(path, { sessionStorage: memoryStorage() });

/** The hooks, bound to the stores of this program. */
export const {
  MusubiProvider,
  useMusubiCommand,
  useMusubiConnectionStatus,
  useMusubiRoot,
  useMusubiSnapshot,
} = createMusubi<Musubi.Stores>();
