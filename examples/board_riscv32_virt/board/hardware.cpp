/// The hardware of QEMU's machine virt, except for its Ethernet.

#include "part.hpp"
#include "registers.hpp"

#include <musubi/board/hardware.hpp>

extern "C" void timer_handler();

namespace board {

namespace {

/// Makes the first MiB read-only, as flash is. Locked, so that it holds in machine mode, until the
/// power goes.
void protect_flash() noexcept {
  constexpr std::uint32_t begin = 0x80000000;
  constexpr std::uint32_t bytes = 1U << 20;
  constexpr std::uint32_t locked_naturally_aligned_read_execute = 0x9D;
  std::uint32_t set = 0;
  __asm volatile("csrr %0, pmpcfg0" : "=r"(set));
  if (set != 0) return;  // locked before a restart
  __asm volatile("csrw pmpaddr0, %0" ::"r"(begin >> 2 | (bytes / 8 - 1)));
  __asm volatile("csrw pmpcfg0, %0" ::"r"(locked_naturally_aligned_read_execute) : "memory");
}

}  // namespace

void start() noexcept {
  protect_flash();
}

/// There is none.
void led(bool) noexcept {}

void part::restart() noexcept {
  // not by the test device: at a reset, QEMU clears what should survive it
  __asm volatile("csrw mie, zero\n j start");
}

void serial::put(char byte) noexcept {
  while ((byte_at(uart::state) & uart::transmit_empty) == 0) {
  }
  byte_at(uart::data) = static_cast<std::uint8_t>(byte);
}

int serial::get() noexcept {
  if ((byte_at(uart::state) & uart::received) == 0) return -1;
  return byte_at(uart::data);
}

// The machine has no watchdog.
void watchdog::start() noexcept {}
void watchdog::feed() noexcept {}

void timer::start() noexcept {
  core::every_tenth_of_a_second(&timer_handler);
}

void timer::acknowledge() noexcept {}

}  // namespace board
