// The firmware after a fault: it says where and why, and restarts, later each time.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import { Emulator } from "./emulator.mjs";

const { report, what, why } = {
  "arm-none-eabi": {
    report: /fault (\w+) exception (\w+) CFSR (\w+) HFSR \w+ pc (\w+) lr \w+\n/g,
    what: [3, 0x10000],
    why: "a HardFault, an undefined instruction",
  },
  "riscv64-unknown-elf": {
    report: /fault (\w+) mcause (\w+) mtval (\w+) pc (\w+) ra \w+\n/g,
    what: [3, 0],
    why: "a breakpoint, by which the compiler traps",
  },
}[process.env.BOARD_TOOLS];

export function faults(four) {
  it("says where and why it faulted, and pauses longer before each restart", async () => {
    const board = await Emulator.start(four);
    try {
      const pauses = [];
      for (let restart = 1; restart <= 3; ++restart) {
        board.type("!").end();
        await board.until(() => [...board.serial().matchAll(report)].length === restart, "the report");
        const from = Date.now();
        await board.until(() => board.serial().split("ready").length === restart + 2, "the restart");
        pauses.push(Date.now() - from);
      }
      assert.ok(
        pauses.every((each, before) => each >= before * 500), // less than they are, when the report is seen late
        `pauses of ${pauses} ms`,
      );
      const [last] = [...board.serial().matchAll(report)].slice(-1);
      const [times, ...rest] = last.slice(1).map((word) => parseInt(word, 16));
      assert.equal(times, 3, "the third fault");
      assert.deepEqual(rest.slice(0, 2), what, why);
      const place = ["-e", four, rest[2].toString(16)];
      assert.match(execFileSync(`${process.env.BOARD_TOOLS}-addr2line`, place, { encoding: "utf8" }), /metrics\.cpp/);
      assert.equal(board.errors(), "", "QEMU's log of guest errors");
    } finally {
      await board.stop();
    }
  });
}
