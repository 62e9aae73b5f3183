#pragma once
/// The types that every bundle begins with: how a client's types know a store, a stream, an async
/// value or an upload from plain data. Nothing of them is on the wire.

#include <string_view>

namespace musubi::typescript {

/// Inside the root namespace, before the stores. The upload types are those of @musubi/client.
inline constexpr std::string_view markers = R"(  type StoreId = string[]

  type AsyncError =
    | { kind: "error"; value: unknown }
    | { kind: "exit"; value: unknown }

  type AsyncResult<T> =
    | { __musubi_async__: true; status: "loading"; result: T | null; reason: null }
    | { __musubi_async__: true; status: "ok"; result: T; reason: null }
    | { __musubi_async__: true; status: "failed"; result: T | null; reason: AsyncError }

  const Type: unique symbol

  interface StoreDef<Module extends string, Shape, Commands, Events = {}> {
    readonly [Type]: {
      module: Module
      shape: Shape
      commands: Commands
      events: Events
    }
  }

  type StoreField<Module extends string> = {
    readonly [Type]: { kind: "store"; module: Module }
  }

  type StreamField<Item> = {
    readonly [Type]: { kind: "stream"; item: Item }
  }

  type AsyncField<Value> = {
    readonly [Type]: { kind: "async"; value: Value }
  }

  type UploadConfig = {
    readonly accept: readonly string[] | "any"
    readonly maxEntries: number
    readonly maxFileSize: number
    readonly chunkSize: number
  }

  type UploadEntryStatus = "pending" | "uploading" | "success" | "error" | "cancelled"

  type UploadStatus = "idle" | "selecting" | "uploading" | "success" | "error" | "cancelled"

  type UploadError = { readonly code: string; readonly message: string }

  type UploadEntry = {
    readonly ref: string
    readonly clientName: string
    readonly clientSize: number
    readonly clientType: string
    readonly progress: number
    readonly status: UploadEntryStatus
    readonly errors: readonly UploadError[]
  }

  type UploadHandle = {
    readonly config: UploadConfig
    readonly status: UploadStatus
    readonly entries: readonly UploadEntry[]
    readonly errors: readonly UploadError[]
    readonly progress: number
    readonly isIdle: boolean
    readonly isSelecting: boolean
    readonly isUploading: boolean
    readonly isSuccess: boolean
    readonly isError: boolean
    readonly isCancelled: boolean
    select(files: ArrayLike<File>): Promise<readonly UploadEntry[]>
    start(): Promise<void>
    cancel(ref?: string): Promise<void>
    reset(): Promise<void>
  }

  type UploadField = {
    readonly [Type]: { kind: "upload" }
  }
)";

}  // namespace musubi::typescript
