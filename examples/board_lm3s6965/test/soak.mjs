// Steady use for hours of the board's clock: three permanent tabs, visitors that come and go, requests for the page, a
// command every ten seconds. Compares the high-water marks of every pool and of the stack after the first part of the
// time and at its end. When all clients have left, every pool must be as empty as after the start.
//
// The clients are on the wire, and exchange frames while the board is stopped, ten times per second of its clock, so the
// marks do not depend on how busy this machine is. The plant, its weather and the actions of the clients repeat within
// forty minutes, so an hour covers everything, except that versions and refs get more digits as they grow: lwIP's heap
// may hold that many bytes more for each message.
//
//   soak.mjs ELF [HOURS [PARTS]]    8 hours in 8 parts; `scripts/board soak`
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Emulator } from "./emulator.mjs";
import { Peer } from "./peer.mjs";
import { Tab } from "./tab.mjs";

async function fetch_page(board, number, etag) {
  const peer = Peer.open(board.wire, number);
  await board.until(() => peer.connected, "a connection");
  peer.send(`GET / HTTP/1.1\r\nHost: 192.0.2.1\r\nConnection: close\r\nIf-None-Match: ${etag}\r\n\r\n`);
  await board.until(() => peer.ended, "the page");
  assert.ok(peer.received.startsWith(etag === "" ? "HTTP/1.1 200" : "HTTP/1.1 304"));
  return /etag: (.*)\r/i.exec(peer.received)[1];
}

/** The high-water marks, by name. */
function marks({ stack, pools }) {
  const most = { stack };
  for (const [name, classes] of Object.entries(pools)) {
    for (const each of classes) most[classes.length === 1 ? name : `${name} of ${each.block}`] = each.most;
  }
  return most;
}
const failures = ({ pools }) => Object.values(pools).flat().reduce((sum, each) => sum + each.failures, 0);

/** Returns the marks after each of `parts` parts of `seconds` in total; calls `told` with each. */
export async function soak(board, seconds, parts, told = () => {}) {
  board.wire.paced = true;
  const tabs = [];
  for (const id of ["one", "two", "three"]) tabs.push(await Tab.open(board, id, 50 + tabs.length));
  const begin = board.seconds;
  const done = { commands: 0, visits: 0, pages: 0 };
  const after = [];
  let etag = "";
  for (let second = 1; second <= seconds; ++second) {
    if (second % 30 === 0) for (const each of tabs) each.heartbeat();
    if (second % 10 === 0) {
      const celsius = 15 + (done.commands % 10);
      await tabs[done.commands++ % 3].command("set_target", { celsius });
      await board.until(() => tabs.every((each) => each.state.target === celsius), "the patches", 20);
    }
    if (second % 60 === 25) {
      etag = await fetch_page(board, 60, etag);
      ++done.pages;
    }
    if (second % 300 === 55) {
      const visitor = await Tab.open(board, `visit${++done.visits}`, 61);
      await visitor.command("close_window", {});
      await visitor.close();
    }
    const left = begin + second - board.seconds;
    if (left > 0.05) await board.run(left);
    if (second % (seconds / parts) === 0) {
      const metrics = await board.metrics();
      after.push(marks(metrics));
      told(after, failures(metrics), done);
    }
  }
  assert.ok(!tabs.some((each) => each.peer.ended), "no tab lost its socket");
  assert.equal(failures(await board.metrics()), 0, "no pool was ever empty");
  for (const each of tabs) await each.close();
  await board.settled();
  return { after, done, patches: tabs.reduce((sum, each) => sum + each.patches, 0) };
}

/** The last marks must equal the first; only lwIP's heap may have one more word per segment, for the digits. */
export function assert_same(first, last, heap_more = 4 * first.lwip_segments) {
  assert.ok(Math.abs(last.lwip_heap - first.lwip_heap) <= heap_more, "lwIP's heap");
  assert.deepEqual({ ...last, lwip_heap: 0 }, { ...first, lwip_heap: 0 }, "the first marks and the last");
}

/** The marks of the first part and of the last, side by side. */
export function table(first, last) {
  const line = (name, a, b) => `    ${name.padEnd(28)}${String(a).padStart(8)}${String(b).padStart(8)}`;
  return Object.keys(first)
    .map((name) => line(name, first[name], last[name]) + (first[name] === last[name] ? "" : "   differs"))
    .join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [elf, hours = "8", parts = hours] = process.argv.slice(2);
  const began = Date.now();
  const board = await Emulator.start(elf, { wire: true, stepped: true });
  try {
    const { after, done, patches } = await soak(board, Number(hours) * 3600, Number(parts), (soFar, failed, did) => {
      const minutes = ((Date.now() - began) / 60_000).toFixed(1);
      console.log(
        `${(board.seconds / 3600).toFixed(2)} h of its clock in ${minutes} min: ${did.commands} commands, ` +
          `stack ${soFar.at(-1).stack}, lwIP heap ${soFar.at(-1).lwip_heap}, ${failed} refusals`,
      );
    });
    console.log(`${done.commands} commands, ${patches} patches, ${done.visits} visits, ${done.pages} pages`);
    console.log(`high-water marks after part 1 and part ${after.length} of ${hours} h:`);
    console.log(table(after[0], after.at(-1)));
    assert.equal(board.errors(), "", "QEMU's log of guest errors");
    assert.equal(board.serial().split("ready").length, 2, "it started once");
    assert_same(after[0], after.at(-1));
    console.log("no more than digits; and when all had gone, every pool was as empty as after the start");
  } finally {
    await board.stop();
  }
}
