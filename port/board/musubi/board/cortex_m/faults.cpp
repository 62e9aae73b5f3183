/// What happens after a fault: a line on the serial port, and a restart.

#include <algorithm>
#include <cstdint>
#include <part.hpp>

#include <musubi/board/cortex_m/cortex_m.hpp>
#include <musubi/board/hardware.hpp>
#include <musubi/board/internal/fault_report.hpp>
#include <musubi/board/serial.hpp>

extern "C" {
extern std::uint32_t stack_begin[], stack_end[];
void fault_handler();
[[noreturn]] void abort();
[[noreturn]] void report_fault(const std::uint32_t* frame);
}

namespace {

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
  __asm volatile(
      "mov r0, sp\n ldr r1, =stack_end\n mov sp, r1\n ldr r1, =report_fault\n bx r1\n .ltorg");
}

/// A thermostat that hangs is worse than one that restarts. But a fault that comes back must not
/// fill the log: each pause is a second longer than the one before.
[[noreturn, gnu::used]] void report_fault(const std::uint32_t* frame) {
  board::core::mask_interrupts();
  const std::uint32_t faults = board::count_fault();
  board::write_hex("fault ", faults);
  board::write_hex(" exception ", board::core::exception());
  board::write_hex(" CFSR ", board::core::cfsr());
  board::write_hex(" HFSR ", board::core::hfsr());
  if (frame >= stack_begin && frame < stack_end - 8) {
    board::write_hex(" pc ", frame[6]);
    board::write_hex(" lr ", frame[5]);
  }
  board::serial::write("\n");
  pause(std::min(faults - 1, board::longest_pause));
  for (;;) board::core::aircr() = board::core::reset_request;
}

/// Where the C library ends a program.
[[noreturn]] void abort() {
  report_fault(nullptr);
}
}
