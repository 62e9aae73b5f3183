import type { AsyncResult } from "./async_value.js";
import type { UploadHandle } from "./uploads/types.js";
import type { StoreId } from "./wire.js";
/**
 * Projections over a generated registry `R` (module name → `StoreDef`). Every generated marker
 * keeps what it stands for under one unique symbol, its only key; nothing here needs to know which
 * symbol, so the generated file may use any namespace.
 */
type Marker<T> = IsAny<T> extends true ? any : [keyof T] extends [never] ? never : [keyof T] extends [symbol] ? T[keyof T] : never;
type IsAny<T> = 0 extends 1 & T ? true : false;
type Definition = {
    module: string;
    shape: unknown;
    commands: unknown;
};
type DefinitionOf<M extends StoreModule<R>, R> = Extract<Marker<DefOf<M, R>>, Definition>;
/** The modules of a registry. */
export type StoreModule<R> = Extract<keyof R, string>;
/** A module's entry in the registry. */
export type DefOf<M extends StoreModule<R>, R> = R[M & keyof R];
/** A module's state, with its fields as generated. */
export type ShapeOf<M extends StoreModule<R>, R> = DefinitionOf<M, R>["shape"];
export type CommandsOf<M extends StoreModule<R>, R> = DefinitionOf<M, R>["commands"];
export type CommandName<M extends StoreModule<R>, R> = keyof CommandsOf<M, R>;
export type CommandPayload<M extends StoreModule<R>, K extends CommandName<M, R>, R> = CommandsOf<M, R>[K] extends {
    payload: infer Payload;
} ? Payload : never;
/** What a command resolves with; a command declared without a reply resolves with `{}`. */
export type CommandReply<M extends StoreModule<R>, K extends CommandName<M, R>, R> = CommandsOf<M, R>[K] extends {
    reply: infer Reply;
} ? [Reply] extends [never] ? Record<string, never> : Reply : unknown;
/** Empty for files generated before there were events. */
export type EventsOf<M extends StoreModule<R>, R> = DefinitionOf<M, R> extends {
    events: infer Events;
} ? Events : {};
export type EventName<M extends StoreModule<R>, R> = Extract<keyof EventsOf<M, R>, string>;
export type EventPayload<M extends StoreModule<R>, K extends EventName<M, R>, R> = EventsOf<M, R>[K] extends {
    payload: infer Payload;
} ? Payload : never;
/** A snapshot holds nested stores as snapshots, a proxy holds them as proxies. */
type Mode = "snapshot" | "proxy";
type Field<T, R, P extends Mode> = IsAny<T> extends true ? any : T extends unknown ? [Marker<T>] extends [never] ? Plain<T, R, P> : Marked<Marker<T>, R, P> : never;
type Plain<T, R, P extends Mode> = T extends readonly (infer Item)[] ? Field<Item, R, P>[] : T extends object ? {
    [K in keyof T]: Field<T[K], R, P>;
} : T;
type Marked<M, R, P extends Mode> = M extends {
    kind: "store";
    module: infer Module;
} ? Module extends StoreModule<R> ? P extends "proxy" ? StoreProxy<Module, R> : StoreSnapshot<Module, R> : never : M extends {
    kind: "stream";
    item: infer Item;
} ? Field<Item, R, "snapshot">[] : M extends {
    kind: "async";
    value: infer Value;
} ? AsyncResult<Field<Value, R, P>> : M extends {
    kind: "upload";
} ? UploadHandle : unknown;
/** A field of a snapshot, made of its generated type. */
export type SnapshotValue<T, R> = Field<T, R, "snapshot">;
/** A field of a proxy, made of its generated type. */
export type ProxyValue<T, R> = Field<T, R, "proxy">;
/** A store's state at one moment: plain, frozen, nested stores inline. */
export type StoreSnapshot<M extends StoreModule<R>, R> = {
    readonly __musubi_store_id__: StoreId;
} & {
    [K in keyof ShapeOf<M, R>]: SnapshotValue<ShapeOf<M, R>[K], R>;
};
/** The members that every proxy has. */
export interface StoreRuntime<M extends StoreModule<R>, R> {
    readonly __musubi_store_id__: StoreId;
    /** Sends a command to this store; the state it changes arrives as a patch, not in the reply. */
    dispatchCommand<K extends CommandName<M, R>>(name: K, ...payload: {} extends CommandPayload<M, K, R> ? [payload?: CommandPayload<M, K, R>] : [payload: CommandPayload<M, K, R>]): Promise<CommandReply<M, K, R>>;
    /** Calls `listener` after every change of this store; returns what stops it. */
    subscribe(listener: () => void): () => void;
    /** Calls `handler` for every event of that name from this store; returns what stops it. */
    handleEvent<K extends EventName<M, R>>(name: K, handler: (payload: EventPayload<M, K, R>) => void): () => void;
    /**
     * The present state, the same object until it changes; `undefined` when the store is not in the
     * tree. Frozen: copy before sorting or changing it.
     */
    snapshot(): StoreSnapshot<M, R> | undefined;
}
/** A live store: its state as properties, and {@link StoreRuntime}. Read-only. */
export type StoreProxy<M extends StoreModule<R>, R> = StoreRuntime<M, R> & {
    readonly [K in keyof ShapeOf<M, R>]: ProxyValue<ShapeOf<M, R>[K], R>;
};
export {};
