export { createMusubi } from "./create_musubi.js";
export { shallowEqual } from "./shallow_equal.js";
export { useMusubiRefusal } from "./use_refusal.js";
// What a page needs of the client beside the hooks.
export { keyOf, MusubiCommandError, MusubiMountError } from "@musubi/client";
