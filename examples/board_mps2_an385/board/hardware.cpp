/// The hardware of the MPS2, except for its Ethernet. The FPGA starts with its clocks running and
/// its pins configured.

#include "registers.hpp"

#include <part.hpp>

#include <musubi/board/hardware.hpp>

namespace board {

namespace {
constexpr std::uint32_t watchdog_seconds = 4;
}

void start() noexcept {
  at(uart0::divider) = part::hertz / 115200;
  at(uart0::control) = uart0::both_ways;
}

/// The first of the two user LEDs.
void led(bool on) noexcept {
  at(fpga::leds) = on ? 1 : 0;
}

void serial::put(char byte) noexcept {
  while ((at(uart0::state) & uart0::transmit_full) != 0) {
  }
  at(uart0::data) = static_cast<unsigned char>(byte);
}

int serial::get() noexcept {
  if ((at(uart0::state) & uart0::receive_full) == 0) return -1;
  return static_cast<int>(at(uart0::data) & 0xFFU);
}

void watchdog::start() noexcept {
  at(watch::lock) = watch::unlock;
  // the first time-out is an NMI, handled as a fault; if that does not reset, the second time-out
  // does
  at(watch::load) = watchdog_seconds * part::hertz / 2;
  at(watch::control) = watch::interrupt_then_reset;
  at(watch::lock) = 0;
}

void watchdog::feed() noexcept {
  at(watch::lock) = watch::unlock;
  at(watch::interrupt_clear) = 1;
  at(watch::lock) = 0;
}

void timer::start() noexcept {
  at(timer0::reload) = part::hertz / 10 - 1;
  at(timer0::value) = part::hertz / 10 - 1;
  at(timer0::control) = timer0::run_with_interrupt;
}

void timer::acknowledge() noexcept {
  at(timer0::interrupt_clear) = 1;
}

}  // namespace board
