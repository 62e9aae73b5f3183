/// From reset to reset_handler, and what happens at an interrupt or a fault.

#include <algorithm>
#include <part.hpp>

#include <musubi/board/core.hpp>
#include <musubi/board/hardware.hpp>
#include <musubi/board/internal/fault_report.hpp>
#include <musubi/board/serial.hpp>

extern "C" {
[[noreturn]] void reset_handler();
void trap_entry();
void interrupt_handler();
void tick_handler();
void ethernet_handler();
[[noreturn]] void abort();
[[noreturn]] void report_fault(std::uint32_t cause, std::uint32_t value, std::uint32_t pc,
                               std::uint32_t ra);
}

namespace board::core {

namespace {

namespace plic {
inline constexpr std::uint32_t priority = part::plic;
inline constexpr std::uint32_t enable = part::plic + 0x2000;
inline constexpr std::uint32_t threshold = part::plic + 0x20'0000;
inline constexpr std::uint32_t claim = part::plic + 0x20'0004;
}  // namespace plic

constexpr std::uint32_t external_interrupt = 1U << 11;  // of mie

}  // namespace

void enable_interrupt(unsigned number) noexcept {
  if (number == 0) return;
  at(plic::claim) = number;  // a fault may have ended its handler
  at(plic::priority + 4 * number) = 1;
  at(plic::threshold) = 0;
  const std::uint32_t word = plic::enable + 4 * (number / 32);
  at(word) = at(word) | 1U << number % 32;
  __asm volatile("csrs mie, %0" ::"r"(external_interrupt) : "memory");
}

}  // namespace board::core

extern "C" {

/// At the address that the core starts from.
[[gnu::naked, gnu::used, gnu::section(".vectors")]] void start() {
  __asm volatile(
      ".option push\n"
      ".option norelax\n"
      "  la gp, __global_pointer$\n"
      ".option pop\n"
      "  la sp, stack_end\n"
      "  la t0, trap_entry\n"
      "  csrw mtvec, t0\n"
      "  j reset_handler\n");
}

/// Whatever it was that faulted, its stack may be what overflowed: the report starts at its top
/// again.
[[gnu::naked, gnu::used, gnu::aligned(4)]] void trap_entry() {
  __asm volatile(
      "  csrw mscratch, t0\n"
      "  csrr t0, mcause\n"
      "  bgez t0, 1f\n"
      "  csrr t0, mscratch\n"
      "  j interrupt_handler\n"
      "1: mv a3, ra\n"
      "  mv a0, t0\n"
      "  csrr a1, mtval\n"
      "  csrr a2, mepc\n"
      "  la sp, stack_end\n"
      "  j report_fault\n");
}

[[gnu::interrupt("machine"), gnu::used]] void interrupt_handler() {
  std::uint32_t cause = 0;
  __asm volatile("csrr %0, mcause" : "=r"(cause));
  constexpr std::uint32_t timer = 0x8000'0007;
  if (cause == timer) return tick_handler();
  const std::uint32_t number = board::at(board::core::plic::claim);
  if (number == board::part::ethernet_interrupt) ethernet_handler();
  board::at(board::core::plic::claim) = number;
}

/// A thermostat that hangs is worse than one that restarts. But a fault that comes back must not
/// fill the log: each pause is a second longer than the one before.
[[noreturn, gnu::used]] void report_fault(std::uint32_t cause, std::uint32_t value,
                                          std::uint32_t pc, std::uint32_t ra) {
  board::core::mask_interrupts();
  const std::uint32_t faults = board::count_fault();
  board::write_hex("fault ", faults);
  board::write_hex(" mcause ", cause);
  board::write_hex(" mtval ", value);
  board::write_hex(" pc ", pc);
  board::write_hex(" ra ", ra);
  board::serial::write("\n");
  constexpr std::uint64_t second = 1'000'000;
  const std::uint64_t end =
      board::core::microseconds() + std::min(faults - 1, board::longest_pause) * second;
  while (board::core::microseconds() < end) board::watchdog::feed();
  for (;;) board::part::restart();
}

/// Where the C library ends a program.
[[noreturn]] void abort() {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0));
  report_fault(0, 0, here, here);
}
}
