/// What happens after a fault: a line on the serial port, and a restart.

#include "cortex_m.hpp"
#include "hardware.hpp"
#include "serial.hpp"

#include <algorithm>
#include <cstdint>
#include <part.hpp>

extern "C" {
extern std::uint32_t stack_begin[], stack_end[];
void fault_handler();
[[noreturn]] void abort();
[[noreturn]] void report_fault(const std::uint32_t* frame);
}

namespace {

/// Longest pause before a restart.
constexpr std::uint32_t most_seconds = 60;

/// How often it has faulted since power came, and this: what RAM holds at first is random.
constexpr std::uint32_t mark = 0x6661'7500;
[[gnu::section(".kept")]] std::uint32_t counted;

std::uint32_t count() noexcept {
  if (counted - mark > 0xFFFF) counted = mark;
  return ++counted - mark;
}

void write_hex(const char* name, std::uint32_t number) noexcept {
  board::serial::write(name);
  for (unsigned digit = 0; digit < 8; ++digit) {
    board::serial::put("0123456789ABCDEF"[number >> 28]);
    number <<= 4;
  }
}

/// Without interrupts, and whether or not the tick was running.
void pause(std::uint32_t seconds) noexcept {
  constexpr std::uint32_t parts = 10;  // of a second: 24 bits do not count a whole one
  board::core::systick_reload() = board::part::hertz / parts - 1;
  board::core::systick_value() = 0;
  board::core::systick_control() = 5;  // enabled, from the core's clock
  for (std::uint32_t left = seconds * parts; left != 0;) {
    board::watchdog::feed();
    if ((board::core::systick_control() & board::core::systick_passed) != 0) --left;
  }
}

}  // namespace

extern "C" {

/// The core has pushed r0 to r3, r12, lr, pc and xpsr. The stack may be what overflowed: whatever
/// comes now starts at its top again.
[[gnu::naked, gnu::used]] void fault_handler() {
  __asm volatile("mov r0, sp\n ldr sp, =stack_end\n b report_fault");
}

/// A thermostat that hangs is worse than one that restarts. But a fault that comes back must not
/// fill the log: each pause is a second longer than the one before.
[[noreturn, gnu::used]] void report_fault(const std::uint32_t* frame) {
  board::core::mask_interrupts();
  const std::uint32_t faults = count();
  write_hex("fault ", faults);
  write_hex(" exception ", board::core::exception());
  write_hex(" CFSR ", board::core::cfsr());
  write_hex(" HFSR ", board::core::hfsr());
  if (frame >= stack_begin && frame < stack_end - 8) {
    write_hex(" pc ", frame[6]);
    write_hex(" lr ", frame[5]);
  }
  board::serial::write("\n");
  pause(std::min(faults - 1, most_seconds));
  for (;;) board::core::aircr() = board::core::reset_request;
}

/// Where the C library ends a program.
[[noreturn]] void abort() {
  report_fault(nullptr);
}
}
