// Firmware for a Cortex-M0+, which QEMU lets run on a Cortex-M3: that has more instructions than it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";

const tool = (name, ...parameters) =>
  execFileSync(`arm-none-eabi-${name}`, parameters, { encoding: "utf8", maxBuffer: 2 ** 28 });

export function instructions(elf) {
  it("is linked of code for ARMv6-M only", () => {
    const attributes = tool("readelf", "--arch-specific", elf);
    assert.match(attributes, /Tag_CPU_arch: v6S?-M\n/);
    assert.match(attributes, /Tag_CPU_arch_profile: Microcontroller\n/);
  });

  it("has no instruction of four bytes but the few of ARMv6-M", () => {
    const four = /^ *[0-9a-f]+:\t[0-9a-f]{4} [0-9a-f]{4} \t(\S+)/;
    const found = new Set();
    for (const line of tool("objdump", "--disassemble", elf).split("\n")) {
      const [, name] = four.exec(line) ?? [];
      if (name !== undefined) found.add(name);
    }
    assert.ok(found.delete("bl"), "calls are found in the listing");
    for (const known of ["dmb", "dsb", "isb", "mrs", "msr"]) found.delete(known);
    assert.deepEqual([...found], []);
  });

  it("brings the atomic functions that it calls", () => {
    const symbols = tool("nm", elf);
    assert.match(symbols, / W __atomic_exchange_1$/m, "those of toolchains/bare_metal/atomics.c");
    assert.doesNotMatch(symbols, / [Uw] __(atomic|sync)_/);
  });
}
