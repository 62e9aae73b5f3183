import type { ChannelLike, PushLike, SocketLike } from "../../src/index.js";

type Status = "ok" | "error" | "timeout";

/** A phoenix push whose reply the test gives; a join push may be answered again and again. */
export class FakePush implements PushLike {
  readonly #hooks: { status: Status; call: (response?: any) => void }[] = [];

  constructor(
    readonly event = "phx_join",
    readonly payload: any = undefined,
  ) {}

  receive(status: Status, call: (response?: any) => void): this {
    this.#hooks.push({ status, call });
    return this;
  }

  reply(status: Status, response?: unknown): void {
    for (const hook of this.#hooks) if (hook.status === status) hook.call(response);
  }
}

/** A phoenix channel driven by the test. As in phoenix.js, `leave` closes at once. */
export class FakeChannel implements ChannelLike {
  readonly joinPush = new FakePush();
  readonly pushes: FakePush[] = [];
  joins = 0;
  left = 0;
  readonly #bindings: { event: string; call: (payload?: any) => void }[] = [];

  constructor(
    readonly topic: string,
    readonly payload: any,
  ) {}

  on(event: string, call: (payload?: any) => void): number {
    return this.#bindings.push({ event, call });
  }

  onClose(call: (payload?: any) => void): number {
    return this.on("phx_close", call);
  }

  onError(call: (payload?: any) => void): number {
    return this.on("phx_error", call);
  }

  join(): FakePush {
    this.joins += 1;
    return this.joinPush;
  }

  leave(): FakePush {
    this.left += 1;
    this.emit("phx_close", "leave");
    return new FakePush("phx_leave");
  }

  push(event: string, payload: object): FakePush {
    const push = new FakePush(event, payload);
    this.pushes.push(push);
    return push;
  }

  emit(event: string, payload: unknown = {}): void {
    for (const binding of this.#bindings) if (binding.event === event) binding.call(payload);
  }

  get lastPush(): FakePush {
    return last(this.pushes);
  }
}

/** A phoenix socket without the optional callbacks. */
export class FakeSocket implements SocketLike {
  readonly channels: FakeChannel[] = [];
  connects = 0;

  connect(): void {
    this.connects += 1;
  }

  channel(topic: string, payload: object): FakeChannel {
    const channel = new FakeChannel(topic, payload);
    this.channels.push(channel);
    return channel;
  }

  get lastChannel(): FakeChannel {
    return last(this.channels);
  }
}

/** A phoenix socket with the callbacks that feed the connection status. */
export class FakeSocketWithHooks extends FakeSocket {
  readonly removed: string[][] = [];
  connected = false;
  readonly #hooks = new Map<string, { event: string; call: () => void }>();

  isConnected(): boolean {
    return this.connected;
  }

  onOpen(call: () => void): string {
    return this.#add("open", call);
  }

  onClose(call: () => void): string {
    return this.#add("close", call);
  }

  onError(call: () => void): string {
    return this.#add("error", call);
  }

  off(refs: string[]): void {
    this.removed.push(refs);
    for (const ref of refs) this.#hooks.delete(ref);
  }

  fire(event: "open" | "close" | "error"): void {
    for (const hook of [...this.#hooks.values()]) if (hook.event === event) hook.call();
  }

  #add(event: string, call: () => void): string {
    const ref = String(this.#hooks.size + 1);
    this.#hooks.set(ref, { event, call });
    return ref;
  }
}

function last<T>(list: readonly T[]): T {
  const item = list.at(-1);
  if (item === undefined) throw new Error("Nothing was opened or pushed yet");
  return item;
}
