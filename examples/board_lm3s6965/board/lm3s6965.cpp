#include "lm3s6965.hpp"

#include "ethernet.hpp"
#include "registers.hpp"
#include "serial.hpp"

#include <chrono>
#include <lwip/init.h>

extern "C" {
void systick_handler();
void timer_handler();
unsigned board_random(void);
}

namespace board {

namespace {

constexpr std::uint32_t hertz = 50'000'000;
constexpr std::uint32_t ticks_per_second = 100;
constexpr std::uint32_t cycles_per_tick = hertz / ticks_per_second;
constexpr std::uint32_t watchdog_seconds = 4;

volatile std::uint32_t ticks = 0;
std::uint32_t last_ticks = 0;  // to count the rounds of the 32 bits, after 497 days
std::uint64_t round_ticks = 0;
void (*timer_step)() = nullptr;
std::uint32_t pool = 0x6D757375;

void stir(std::uint32_t word) noexcept {
  pool = (pool ^ word) * 0x9E3779B1U;
  pool ^= pool >> 15;
}

void start_clock() noexcept {
  // crystal 8 MHz, PLL 400 MHz / 2 / 4
  std::uint32_t rcc = 0x078E3AD1;
  rcc |= 1U << 11;  // bypass while it changes
  rcc &= ~(1U << 22);
  sysctl::rcc() = rcc;
  rcc &= ~(0x3C0U | 0x30U | 1U << 13 | 1U << 12);
  rcc |= 0xEU << 6;  // the crystal; main oscillator, PLL powered, its output on
  sysctl::rcc() = rcc;
  rcc = (rcc & ~(0xFU << 23)) | 3U << 23 | 1U << 22;
  sysctl::rcc() = rcc;
  while ((sysctl::ris() & sysctl::pll_locked) == 0) {
  }
  sysctl::rcc() = rcc & ~(1U << 11);

  core::systick_reload() = cycles_per_tick - 1;
  core::systick_value() = 0;
  core::systick_control() = 7;
}

void start_watchdog() noexcept {
  sysctl::rcgc0() = sysctl::rcgc0() | sysctl::wdt;
  watchdog::lock() = watchdog::unlock;
  // the first time-out is an interrupt, which nobody takes; the second one resets
  watchdog::load() = watchdog_seconds * hertz / 2;
  watchdog::control() = watchdog::interrupt_then_reset;
  watchdog::lock() = 0;
}

}  // namespace

void lm3s6965::start() noexcept {
  start_clock();
  serial::start();
  sysctl::rcgc2() = sysctl::rcgc2() | sysctl::gpio_f;
  gpio::direction(gpio::port_f) = 1;
  gpio::digital(gpio::port_f) = 1;
  lwip_init();
  ethernet::start(interface_);
  start_watchdog();
}

void lm3s6965::led(bool on) noexcept {
  gpio::data(gpio::port_f, 1) = on ? 1 : 0;
}

void lm3s6965::every_tenth_of_a_second(void (*step)()) noexcept {
  timer_step = step;
  sysctl::rcgc1() = sysctl::rcgc1() | sysctl::timer0;
  timer0::control() = 0;
  timer0::configuration() = 0;  // 32 bits
  timer0::mode() = 2;           // periodic
  timer0::reload() = hertz / 10 - 1;
  timer0::interrupt_mask() = 1;
  timer0::control() = 1;
  core::enable_interrupt(timer0::interrupt);
}

musubi::time_point lm3s6965::now() noexcept {
  core::mask_interrupts();
  std::uint32_t left = core::systick_value();
  std::uint32_t whole = ticks;
  if ((core::icsr() & core::systick_pending) != 0) {  // it wrapped, and its interrupt waits
    left = core::systick_value();
    ++whole;
  }
  core::unmask_interrupts();
  if (whole < last_ticks) round_ticks += std::uint64_t{1} << 32;
  last_ticks = whole;
  const std::uint64_t micros = (round_ticks + whole) * (1'000'000 / ticks_per_second) +
                               (cycles_per_tick - 1 - left) / (hertz / 1'000'000);
  return musubi::time_point(musubi::duration(static_cast<std::int64_t>(micros)));
}

void lm3s6965::entropy(std::span<std::byte> into) noexcept {
  for (std::byte& each : into) {
    stir(core::systick_value());
    each = static_cast<std::byte>(pool >> 24);
  }
}

bool lm3s6965::receive() noexcept {
  const bool received = ethernet::receive(interface_);
  if (received) stir(core::systick_value());
  return received;
}

void lm3s6965::sleep(musubi::time_point, const std::atomic<bool>& awake) noexcept {
  // the tick ends every sleep within 10 ms, so `until` needs no timer of its own
  core::mask_interrupts();
  if (!awake.load(std::memory_order_relaxed) && !ethernet::waiting()) core::wait_for_interrupt();
  core::unmask_interrupts();
}

void lm3s6965::alive() noexcept {
  watchdog::lock() = watchdog::unlock;
  watchdog::interrupt_clear() = 1;
  watchdog::lock() = 0;
}

}  // namespace board

void systick_handler() {
  board::ticks = board::ticks + 1;
}

void timer_handler() {
  board::timer0::interrupt_clear() = 1;
  board::timer_step();
}

unsigned board_random() {
  board::stir(board::core::systick_value());
  return board::pool;
}
