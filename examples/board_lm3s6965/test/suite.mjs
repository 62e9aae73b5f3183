// Common to every test here: its own board, whose metrics and QEMU log are checked at the end.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, afterEach, beforeEach, describe } from "node:test";
import { Browser } from "./clients.mjs";
import { Emulator } from "./emulator.mjs";

/** Bytes of stack that the thermostat's firmware sets aside. */
const usual = process.env.BOARD === "lm3s6965" ? 1408 : 2048;
let highest = 0;
/** The bytes of stack that a firmware can need, where scripts/stack_depth.py knows its calls, or undefined. */
const deepest = new Map();

function deepest_of(elf, stack) {
  if (process.env.BOARD !== "lm3s6965" || stack !== usual) return undefined;
  if (!deepest.has(elf)) {
    const printed = execFileSync("scripts/stack_depth.py", [elf], { encoding: "utf8" });
    deepest.set(elf, Number(/^ *(\d+) {2}bytes at most$/m.exec(printed)[1]));
  }
  return deepest.get(elf);
}

/**
 * The tests of one firmware; `here.board` is the running board. The options are those of Emulator.start, and the bytes
 * of its stack, if it has more than the usual ones. `before` may make further ones, of what it starts for each test, and
 * `after` ends it.
 */
export function suite(name, elf, { stack = usual, before, after, ...options }, body) {
  describe(name, () => {
    const here = {};
    beforeEach(async () => {
      here.board = await Emulator.start(elf, { ...options, ...(await before?.()) });
      here.port = here.board.port;
    });
    afterEach(async () => {
      try {
        await examine(here.board, elf, stack);
      } finally {
        await after?.();
      }
    });
    body(here);
  });
}

async function examine(board, elf, stack_bytes) {
  try {
    const most = deepest_of(elf, stack_bytes);
    const { stack, frames_dropped, unread, pools } = await board.metrics();
    if (stack_bytes === usual) highest = Math.max(highest, stack);
    const heap = pools.lwip_heap[0];
    const clock = board.seconds === 0 ? "" : `, ${Math.round(board.seconds)} s of its clock`;
    console.log(
      `    stack ${stack} of ${stack_bytes} bytes, lwIP heap ${heap.most} of ${heap.of}, ` +
        `frames dropped ${frames_dropped}, unread ${unread}${clock}`,
    );
    assert.equal(board.errors(), "", "QEMU's log of guest errors");
    assert.ok(!board.serial().includes("fault"), "no fault");
    assert.equal(board.serial().split("ready").length, 2, "it started once");
    assert.ok(stack < stack_bytes, `stack ${stack} of ${stack_bytes}`);
    if (most !== undefined) assert.ok(stack <= most, `stack ${stack}, computed ${most}`);
    const frames = pools.coroutine_frames.reduce((sum, each) => sum + each.failures, 0);
    assert.equal(frames, 0, "a request or a handler found no coroutine frame");
  } finally {
    Browser.leave();
    await board.stop();
  }
}

after(() => {
  if (highest === 0) return;
  const most = deepest.size === 0 ? "" : `, at most ${Math.max(...deepest.values())} as computed`;
  console.log(`stack high-water mark: ${highest} of ${usual} bytes${most}`);
});
