// scripts/board test: real clients and hostile ones against the firmware in QEMU.
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import { Browser, Raw, command_message, frame, join_message, upgrade } from "./clients.mjs";
import { Emulator, pause, until } from "./emulator.mjs";

const [four, most] = process.argv.slice(2);
const stack_bytes = 2048;
const highest = { stack: 0 };

/** Every pool as empty as after the start: only the two background coroutines keep frames. */
async function settled(board) {
  return until(async () => {
    const { pools } = await board.figures();
    const used = (name) => pools[name].reduce((sum, each) => sum + each.used, 0);
    const empty = ["connections", "handshakes", "pages", "subscriptions", "read_buffers", "drains", "backlog_blocks"];
    return empty.every((name) => used(name) === 0) && used("coroutine_frames") <= 4;
  }, "the pools to return to where they were", 40_000);
}

function suite(name, elf, body) {
  describe(name, () => {
    const here = {};
    beforeEach(async () => {
      here.board = await Emulator.start(elf);
      here.port = here.board.port;
    });
    afterEach(async () => {
      const { stack, frames_dropped, unread, pools } = await here.board.figures();
      const heap_most = pools.lwip_heap[0].most;
      highest.stack = Math.max(highest.stack, stack);
      const errors = here.board.errors();
      const serial = here.board.serial();
      await here.board.stop();
      assert.equal(errors, "", "QEMU's log of guest errors");
      assert.ok(!serial.includes("fault"), "no fault");
      assert.ok(stack < stack_bytes, `stack ${stack} of ${stack_bytes}`);
      console.log(`    stack ${stack} bytes, lwIP heap ${heap_most}, frames dropped ${frames_dropped}, unread ${unread}`);
    });
    body(here);
  });
}

suite("a thermostat for four browsers", four, (here) => {
  it("serves its page compressed, and not again", async () => {
    const url = `http://127.0.0.1:${here.port}/`;
    const first = await fetch(url);
    assert.equal(first.status, 200);
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await first.text())[1];
    const again = await fetch(url, { headers: { "If-None-Match": first.headers.get("etag") } });
    assert.equal(again.status, 304);
    const raw = await Raw.open(here.port);
    raw.tcp.write(`GET /${script} HTTP/1.1\r\nHost: board\r\nConnection: close\r\n\r\n`);
    await until(() => raw.ended, "the end of the script");
    const body = Buffer.from(raw.received, "latin1");
    const start = body.indexOf("\r\n\r\n") + 4;
    assert.ok(gunzipSync(body.subarray(start)).toString().includes("Home.Stores.Thermostat"));
  });

  it("shows a command of one browser in the other", async () => {
    const one = await Browser.open(here.port, "one", { room: "kitchen" });
    const two = await Browser.open(here.port, "two");
    await until(() => one.state && two.state, "the first states");
    assert.equal(one.state.room, "kitchen");
    assert.deepEqual(await one.command("set_target", { celsius: 24 }), { ok: {} });
    assert.deepEqual(await two.command("set_mode", { mode: "eco" }), { ok: {} });
    await until(() => two.state.target === 24 && one.state.mode === "eco", "the changes of the other");
    assert.deepEqual(await one.command("set_target", { celsius: "warm" }), {
      error: { reason: "invalid payload", field: "celsius", expected: "integer" },
    });
    assert.deepEqual(await one.command("set_target", { celsius: 99 }), {
      error: { reason: "a target is from 5 to 30 degrees", field: "celsius" },
    });
    const before = one.state.temperature;
    await until(() => one.state.temperature !== before, "the room to change its temperature");
    await one.close();
    await two.close();
    await settled(here.board);
  });

  it("goes on for the others when one stops reading", async () => {
    const reader = await Browser.open(here.port, "reader");
    const deaf = await Raw.open(here.port);
    deaf.tcp.write(upgrade);
    await until(() => deaf.received.includes("101"), "the upgrade");
    deaf.tcp.write(frame(join_message("deaf")));
    await until(() => deaf.received.includes("temperature"), "its state");
    deaf.tcp.pause();
    for (let i = 0; i < 60; ++i) {
      const celsius = 15 + (i % 10);
      assert.deepEqual(await reader.command("set_target", { celsius }), { ok: {} });
      await until(() => reader.state.target === celsius, "the reader's patch", 3000);
    }
    deaf.tcp.destroy();
    await reader.close();
    await settled(here.board);
  });

  it("goes on for the others when one floods", async () => {
    const reader = await Browser.open(here.port, "reader");
    const flood = await Raw.open(here.port);
    flood.tcp.write(upgrade);
    await until(() => flood.received.includes("101"), "the upgrade");
    flood.tcp.write(frame(join_message("flood")));
    await until(() => flood.received.includes("temperature"), "its state");
    flood.tcp.pause(); // it does not even listen to the answers
    for (let i = 0; i < 2000; ++i) flood.tcp.write(frame(command_message("flood", i + 2, "set_target", { celsius: 20 + (i % 2) })));
    for (let i = 0; i < 10; ++i) {
      assert.deepEqual(await reader.command("set_mode", { mode: i % 2 ? "eco" : "comfort" }), { ok: {} });
    }
    flood.tcp.destroy();
    await reader.close();
    await settled(here.board);
  });

  it("lets others in while one dribbles its handshake byte by byte", async () => {
    const slow = await Raw.open(here.port);
    const dribble = (async () => {
      for (const byte of upgrade) {
        if (slow.ended) return;
        slow.tcp.write(byte);
        await pause(10);
      }
    })();
    const reader = await Browser.open(here.port, "reader");
    assert.deepEqual(await reader.command("set_target", { celsius: 22 }), { ok: {} });
    await dribble;
    await until(() => slow.received.includes("101"), "its upgrade all the same");
    slow.tcp.destroy();
    await reader.close();
    await settled(here.board);
  });

  it("survives clients that go without a word", async () => {
    for (let round = 0; round < 12; ++round) {
      const raw = await Raw.open(here.port);
      raw.tcp.write(upgrade.slice(0, 20 + round * 12));
      raw.tcp.resetAndDestroy();
    }
    for (let round = 0; round < 12; ++round) {
      const raw = await Raw.open(here.port);
      raw.tcp.write(upgrade);
      await until(() => raw.received.includes("101") || raw.ended, "an answer");
      raw.tcp.write(frame(join_message("gone")));
      raw.tcp.resetAndDestroy();
    }
    await settled(here.board);
    const reader = await Browser.open(here.port, "reader");
    assert.deepEqual(await reader.command("set_target", { celsius: 22 }), { ok: {} });
    await reader.close();
  });
});

suite("a thermostat for 24 browsers", most, (here) => {
  it("tells all of them, refuses one more, and lets it in when one leaves", async () => {
    const browsers = [];
    for (let i = 0; i < 24; ++i) browsers.push(await Browser.open(here.port, `b${i}`));
    await until(() => browsers.every((each) => each.state), "24 first states");
    for (const celsius of [17, 25, 19]) {
      assert.deepEqual(await browsers[celsius % 24].command("set_target", { celsius }), { ok: {} });
      await until(() => browsers.every((each) => each.state.target === celsius), "24 patches");
    }
    const refused = await Raw.open(here.port);
    refused.tcp.write(upgrade);
    await until(() => refused.ended, "the refusal");
    assert.match(refused.received, /^HTTP\/1\.1 503 /);
    assert.match(refused.received, /Retry-After: \d+/);
    assert.match(refused.received, /pool exhausted: connections/);
    await browsers.pop().close();
    browsers.push(await Browser.open(here.port, "next"));
    await until(() => browsers.at(-1).state?.target === 19, "the state of the next");
    await Promise.all(browsers.map((each) => each.close()));
    await settled(here.board);
  });
});

after(() => {
  console.log(`stack high-water mark: ${highest.stack} of ${stack_bytes} bytes (asked 2048, goal 1536)`);
});
