export { connect, type ConnectOptions } from "./connect.js";
export type { MountedStore, MountStoreOptions, MusubiConnection } from "./connection.js";
export type { ConnectionStatus } from "./status.js";
export type { BuildChange } from "./build.js";
export type { ChannelLike, PushLike, SocketLike } from "./transport.js";
export {
  MusubiCommandError,
  type MusubiCommandErrorKind,
  type MusubiCommandErrorOptions,
} from "./errors.js";
export { keyOf } from "./key_of.js";
export { canonicalStringify } from "./canonical.js";

export { parsePointer } from "./pointer.js";
export { applyPatch } from "./patch.js";
export {
  applyStreamOps,
  getStream,
  pruneStreams,
  type StreamEntry,
  type StreamTable,
} from "./streams.js";
export {
  STORE_ID_KEY,
  storeIdKey,
  type ConnectionPatchEnvelope,
  type JsonPatchOp,
  type PatchEnvelope,
  type PushEvent,
  type StoreId,
  type StreamOp,
  type WireAsyncError,
  type WireAsyncResult,
} from "./wire.js";
export type { AsyncError, AsyncResult } from "./async_value.js";
export type {
  CommandName,
  CommandPayload,
  CommandReply,
  CommandsOf,
  DefOf,
  EventName,
  EventPayload,
  EventsOf,
  ProxyValue,
  ShapeOf,
  SnapshotValue,
  StoreModule,
  StoreProxy,
  StoreRuntime,
  StoreSnapshot,
} from "./types.js";
