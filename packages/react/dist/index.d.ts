export { createMusubi } from "./create_musubi.js";
export type { Musubi } from "./musubi.js";
export { shallowEqual } from "./shallow_equal.js";
export { useMusubiRefusal } from "./use_refusal.js";
export type { MusubiCommand, MusubiConnectionStatus, MusubiProviderProps, MusubiRootMount, UseMusubiRootOptions, UseMusubiRootSuspenseOptions, } from "./types.js";
export { keyOf, MusubiCommandError, MusubiMountError } from "@musubi/client";
export type * from "@musubi/client";
