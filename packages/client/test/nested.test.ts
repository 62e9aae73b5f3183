import { describe, expect, test, vi } from "vitest";
import type { JsonPatchOp, StreamOp, UploadOp } from "../src/index.js";
import { child, firstPatch, patch } from "./support/envelopes.js";
import { mount } from "./support/mount.js";
import { add } from "./support/uploads.js";

// Children below children: a floor has rooms, a room may have a sensor with a log and a manual.
const sensor = (room: string, celsius: number) =>
  child(["rooms", room, "sensor"], {
    celsius,
    log: { __musubi_stream__: "log" },
    avatar: { __musubi_upload__: "avatar" },
  });
const room = (id: string, more: Record<string, unknown> = {}) =>
  child(["rooms", id], { label: id, sensor: null, ...more });
const logged = (of: string, text: string): StreamOp => ({
  op: "insert",
  stream: "log",
  ref: "0",
  store_id: ["rooms", of, "sensor"],
  item_key: text,
  at: -1,
  item: { text },
  limit: null,
});
const uploaded = (of: string, ref: string): UploadOp =>
  add(ref, `${of}.png`, 10, ["rooms", of, "sensor"]);

async function house(...rooms: unknown[]) {
  const { store, channel } = await mount({ lines: rooms });
  let version = 1;
  return {
    channel,
    root: store as any,
    rooms: () => store.lines as any[],
    apply: (ops: JsonPatchOp[], streams: StreamOp[] = [], uploads: UploadOp[] = []) =>
      channel.emit("patch", patch(version++, { ops, stream_ops: streams, upload_ops: uploads })),
  };
}

describe("children of children", () => {
  test("are proxies at every depth, one for each store", async () => {
    const { rooms } = await house(room("1", { sensor: sensor("1", 20) }));
    expect(rooms()[0].sensor.celsius).toBe(20);
    expect(rooms()[0].sensor.__musubi_store_id__).toEqual(["rooms", "1", "sensor"]);
    expect(rooms()[0].sensor).toBe(rooms()[0].sensor);
  });

  test("stand in lists within objects within lists", async () => {
    const { root } = await mountWith({ meta: { wings: [{ rooms: [room("1"), null] }] } });
    expect(root.meta.wings[0].rooms[0].label).toBe("1");
    expect(root.meta.wings[0].rooms[1]).toBeNull();
    expect(root.snapshot().meta.wings[0].rooms).toEqual([room("1"), null]);
  });

  test("stand in the result of an async value", async () => {
    const weather = { __musubi_async__: true, status: "ok", result: room("1"), reason: null };
    const { root } = await mountWith({ weather });
    expect(root.weather.data.label).toBe("1");
    expect(root.weather.data.snapshot()).toEqual(room("1"));
  });

  test("tell themselves and their ancestors of a change, and nobody else", async () => {
    const { root, rooms, apply } = await house(room("1", { sensor: sensor("1", 20) }), room("2"));
    const told: string[] = [];
    const [one, two] = rooms();
    root.subscribe(() => told.push("root"));
    one.subscribe(() => told.push("one"));
    two.subscribe(() => told.push("two"));
    one.sensor.subscribe(() => told.push("sensor"));
    apply([{ op: "replace", path: "/lines/0/sensor/celsius", value: 21 }]);
    expect(told.sort()).toEqual(["one", "root", "sensor"]);
    told.length = 0;
    apply([{ op: "replace", path: "/lines/0/label", value: "uno" }]);
    expect(told.sort()).toEqual(["one", "root"]);
  });

  test("send their commands with their own store id", async () => {
    const { channel, rooms } = await house(room("1", { sensor: sensor("1", 20) }));
    void rooms()[0].sensor.dispatchCommand("calibrate");
    const payload = { store_id: ["rooms", "1", "sensor"], name: "calibrate", payload: {} };
    expect(channel.lastPush.payload).toEqual(payload);
  });

  test("hear their own events, not those of the same name from others", async () => {
    const { channel, rooms } = await house(room("1", { sensor: sensor("1", 20) }), room("2"));
    const heard = { sensor: vi.fn(), two: vi.fn() };
    rooms()[0].sensor.handleEvent("alarm", heard.sensor);
    rooms()[1].handleEvent("alarm", heard.two);
    const event = { store_id: ["rooms", "1", "sensor"], name: "alarm", payload: { n: 1 } };
    channel.emit("patch", patch(1, { events: [event] }));
    expect(heard.sensor).toHaveBeenCalledWith({ n: 1 });
    expect(heard.two).not.toHaveBeenCalled();
  });
});

describe("an optional child", () => {
  test("appears, vanishes and appears anew as another proxy", async () => {
    const { rooms, apply } = await house(room("1"));
    expect(rooms()[0].sensor).toBeNull();
    const told = vi.fn();
    rooms()[0].subscribe(told);

    apply([{ op: "replace", path: "/lines/0/sensor", value: sensor("1", 20) }]);
    const first = rooms()[0].sensor;
    expect(first.celsius).toBe(20);

    apply([{ op: "replace", path: "/lines/0/sensor", value: null }]);
    expect(rooms()[0].sensor).toBeNull();
    expect([first.snapshot(), first.celsius, "celsius" in first]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    expect(Object.keys(first)).not.toContain("celsius");

    apply([{ op: "replace", path: "/lines/0/sensor", value: sensor("1", 22) }]);
    expect(rooms()[0].sensor).not.toBe(first);
    expect(rooms()[0].sensor.celsius).toBe(22);
    expect(told).toHaveBeenCalledTimes(3);
  });

  test("that has vanished still names its store in a command: the server answers", async () => {
    const { rooms, apply, channel } = await house(room("1", { sensor: sensor("1", 20) }));
    const gone = rooms()[0].sensor;
    apply([{ op: "replace", path: "/lines/0/sensor", value: null }]);
    const outcome = gone.dispatchCommand("calibrate");
    channel.lastPush.reply("error", { reason: "unknown store" });
    await expect(outcome).rejects.toMatchObject({ code: "unknown store" });
  });

  test("takes its grandchildren with it, and their streams and uploads", async () => {
    const { rooms, apply } = await house(room("1", { sensor: sensor("1", 20) }), room("2"));
    apply([], [logged("1", "a")], [uploaded("1", "u_1")]);
    const gone = rooms()[0].sensor;
    expect([gone.log, gone.avatar.entries.length]).toEqual([[{ text: "a" }], 1]);
    apply([{ op: "remove", path: "/lines/0" }]);
    expect(gone.snapshot()).toBeUndefined();
    apply([{ op: "add", path: "/lines/0", value: room("1", { sensor: sensor("1", 20) }) }]);
    expect(rooms()[0].sensor.log).toEqual([]);
    expect(rooms()[0].sensor.avatar.entries).toEqual([]);
  });
});

describe("a list of children", () => {
  // What the server's pairwise diff makes of an insertion at the head: contract section 6.3.
  const insertAtHead: JsonPatchOp[] = [
    { op: "add", path: "/lines/1", value: room("1", { sensor: sensor("1", 20) }) },
    { op: "replace", path: "/lines/0/sensor/celsius", value: 30 },
    { op: "replace", path: "/lines/0/sensor/__musubi_store_id__/1", value: "0" },
    { op: "replace", path: "/lines/0/label", value: "0" },
    { op: "replace", path: "/lines/0/__musubi_store_id__/1", value: "0" },
  ];

  test("keeps its proxies when another is inserted before them", async () => {
    const { rooms, apply } = await house(room("1", { sensor: sensor("1", 20) }));
    const one = rooms()[0];
    const { sensor: inner } = one;
    apply(insertAtHead);
    expect(rooms().map((each) => each.label)).toEqual(["0", "1"]);
    expect(rooms()[1]).toBe(one);
    expect(rooms()[1].sensor).toBe(inner);
    expect([rooms()[0].sensor.celsius, inner.celsius]).toEqual([30, 20]);
  });

  test("keeps each one's stream and uploads apart when ids are edited in place", async () => {
    const { root, rooms, apply } = await house(room("1", { sensor: sensor("1", 20) }));
    apply([], [logged("1", "of one")], [uploaded("1", "u_1")]);
    const before = rooms()[0].sensor.avatar;
    expect(root.snapshot().lines[0].sensor.log).toEqual([{ text: "of one" }]);
    apply(insertAtHead);
    const [zero, one] = rooms();
    expect([zero.sensor.log, one.sensor.log]).toEqual([[], [{ text: "of one" }]]);
    expect([zero.sensor.avatar.entries.length, one.sensor.avatar]).toEqual([0, before]);
    const snapshots = root.snapshot().lines.map((line: any) => line.sensor.log);
    expect(snapshots).toEqual([[], [{ text: "of one" }]]);
    expect(root.snapshot().lines[0].sensor.avatar).toBe(zero.sensor.avatar);
  });

  test("gives up the proxy of the one that was removed from its head", async () => {
    const { rooms, apply } = await house(room("1"), room("2"));
    const [one, two] = rooms();
    apply([
      { op: "remove", path: "/lines/1" },
      { op: "replace", path: "/lines/0/label", value: "2" },
      { op: "replace", path: "/lines/0/__musubi_store_id__/1", value: "2" },
    ]);
    expect(rooms()).toHaveLength(1);
    expect(rooms()[0]).toBe(two);
    expect([two.label, one.snapshot()]).toEqual(["2", undefined]);
  });

  test("may be emptied and filled again", async () => {
    const { root, rooms, apply } = await house(room("1"), room("2"));
    apply([
      { op: "remove", path: "/lines/1" },
      { op: "remove", path: "/lines/0" },
    ]);
    expect([rooms(), root.snapshot().lines]).toEqual([[], []]);
    apply([{ op: "add", path: "/lines/0", value: room("3") }]);
    expect(rooms().map(({ label }) => label)).toEqual(["3"]);
  });

  test("is rebuilt by a reconnect: same ids same proxies, the others are gone", async () => {
    const { channel, rooms } = await house(room("1", { sensor: sensor("1", 20) }), room("2"));
    const [one, two] = rooms();
    const { sensor: inner } = one;
    channel.emit("phx_error");
    expect(inner.celsius).toBe(20); // the last good state stays
    channel.emit("patch", firstPatch({ lines: [room("1", { sensor: sensor("1", 25) })] }));
    expect([rooms()[0], rooms()[0].sensor]).toEqual([one, inner]);
    expect(inner.celsius).toBe(25);
    expect(two.snapshot()).toBeUndefined();
  });
});

async function mountWith(value: Record<string, unknown>) {
  const { store } = await mount(value);
  return { root: store as any };
}
