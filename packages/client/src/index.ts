export { connect, type ConnectOptions } from "./connect.js";
export { connectWith, type ConnectWithOptions } from "./connect_with.js";
export type { MountedStore, MountStoreOptions, MusubiConnection } from "./connection.js";
export type { ConnectionStatus, MusubiSocketStatus } from "./status.js";
export type { BuildChange } from "./build.js";
export type { ChannelLike, PushLike, SocketLike } from "./transport.js";
export {
  MusubiCommandError,
  type MusubiCommandErrorKind,
  type MusubiCommandErrorOptions,
  MusubiMountError,
} from "./errors.js";
export { onRefused, whyRefused, type Refusal, type RefusableSocket } from "./refusal.js";
export { memoryStorage } from "./memory_storage.js";
export { keyOf } from "./key_of.js";
export { nextSnapshot, waitFor, type Watchable } from "./wait.js";

export { storeCache, storeCacheKey } from "./cache/store_cache.js";
export {
  createMemoryPersister,
  createStorageCachePersister,
  type StorageLike,
} from "./cache/persisters.js";
export type {
  CacheFeature,
  CacheOptions,
  CacheTarget,
  MusubiCacheEntry,
  MusubiCachePersister,
} from "./cache/types.js";
export { canonicalStringify } from "./canonical.js";

export {
  applyUploadOps,
  getUploadHandle,
  pruneUploads,
  uploads,
  uploadStoreKey,
  type UploadTable,
} from "./uploads/table.js";
export { UploadHandleImpl } from "./uploads/handle.js";
export type {
  EntryStatus,
  ExternalUploader,
  ExternalUploaderArgs,
  ExternalUploaders,
  UploadConfig,
  UploadEntry,
  UploadError,
  UploadHandle,
  UploadHost,
  UploadsFeature,
  UploadStatus,
} from "./uploads/types.js";

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
  UPLOAD_MARKER_KEY,
  type ConnectionPatchEnvelope,
  type JsonPatchOp,
  type PatchEnvelope,
  type PushEvent,
  type StoreId,
  type StreamOp,
  type UploadOp,
  type WireAsyncError,
  type WireAsyncResult,
  type WireUploadConfig,
  type WireUploadEntry,
  type WireUploadMarker,
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
