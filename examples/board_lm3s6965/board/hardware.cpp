/// The hardware of the LM3S6965, except for its Ethernet.

#include "part.hpp"
#include "registers.hpp"

#include <musubi/board/hardware.hpp>

namespace board {

namespace {

constexpr std::uint32_t watchdog_seconds = 4;

void start_clock() noexcept {
  // crystal 8 MHz, PLL 400 MHz / 2 / 4
  std::uint32_t rcc = 0x078E3AD1;
  rcc |= 1U << 11;  // bypass the PLL while it changes
  rcc &= ~(1U << 22);
  sysctl::rcc() = rcc;
  rcc &= ~(0x3C0U | 0x30U | 1U << 13 | 1U << 12);
  rcc |= 0xEU << 6;  // 8 MHz crystal; main oscillator, PLL powered, its output enabled
  sysctl::rcc() = rcc;
  rcc = (rcc & ~(0xFU << 23)) | 3U << 23 | 1U << 22;
  sysctl::rcc() = rcc;
  while ((sysctl::ris() & sysctl::pll_locked) == 0) {
  }
  sysctl::rcc() = rcc & ~(1U << 11);
}

void start_serial() noexcept {
  sysctl::rcgc1() = sysctl::rcgc1() | sysctl::uart0;
  sysctl::rcgc2() = sysctl::rcgc2() | sysctl::gpio_a;
  gpio::alternate(gpio::port_a) = 3;  // PA0 and PA1 belong to the UART
  gpio::digital(gpio::port_a) = 3;
  uart::control() = 0;
  uart::baud_whole() = 27;  // 50 MHz / (16 * 115200) = 27 + 8/64
  uart::baud_part() = 8;
  uart::line() = 0x70;  // 8 bits, FIFO
  uart::control() = 0x301;
}

}  // namespace

void start() noexcept {
  start_clock();
  start_serial();
  sysctl::rcgc2() = sysctl::rcgc2() | sysctl::gpio_f;
  gpio::direction(gpio::port_f) = 1;
  gpio::digital(gpio::port_f) = 1;
}

/// PF0.
void led(bool on) noexcept {
  gpio::data(gpio::port_f, 1) = on ? 1 : 0;
}

void serial::put(char byte) noexcept {
  while ((uart::flags() & uart::transmit_full) != 0) {
  }
  uart::data() = static_cast<unsigned char>(byte);
}

int serial::get() noexcept {
  if ((uart::flags() & uart::receive_empty) != 0) return -1;
  return static_cast<int>(uart::data() & 0xFFU);
}

void watchdog::start() noexcept {
  sysctl::rcgc0() = sysctl::rcgc0() | sysctl::wdt;
  lock() = unlock;
  // the first time-out raises an interrupt, which is not enabled; the second one resets
  load() = watchdog_seconds * part::hertz / 2;
  control() = interrupt_then_reset;
  lock() = 0;
}

void watchdog::feed() noexcept {
  lock() = unlock;
  interrupt_clear() = 1;
  lock() = 0;
}

void timer::start() noexcept {
  sysctl::rcgc1() = sysctl::rcgc1() | sysctl::timer0;
  timer0::control() = 0;
  timer0::configuration() = 0;  // 32 bits
  timer0::mode() = 2;           // periodic
  timer0::reload() = part::hertz / 10 - 1;
  timer0::interrupt_mask() = 1;
  timer0::control() = 1;
}

void timer::acknowledge() noexcept {
  timer0::interrupt_clear() = 1;
}

}  // namespace board
