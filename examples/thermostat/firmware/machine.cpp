#include "machine.hpp"

#include "cortex_m.hpp"
#include "hardware.hpp"
#include "network.hpp"

#include <lwip/init.h>
#include <part.hpp>

extern "C" {
void systick_handler();
void timer_handler();
void ethernet_handler();
unsigned board_random(void);
}

namespace board {

namespace {

constexpr std::uint32_t ticks_per_second = 100;
constexpr std::uint32_t cycles_per_tick = part::hertz / ticks_per_second;
static_assert(part::hertz % 1'000'000 == 0 && cycles_per_tick <= 1U << 24);

volatile std::uint32_t ticks = 0;
std::uint32_t last_ticks = 0;  // to detect that 32 bits wrap, every 497 days
std::uint64_t round_ticks = 0;
void (*timer_step)() = nullptr;
std::uint32_t pool = 0x6D757375;

void stir(std::uint32_t word) noexcept {
  pool = (pool ^ word) * 0x9E3779B1U;
  pool ^= pool >> 15;
}

void start_tick() noexcept {
  core::systick_reload() = cycles_per_tick - 1;
  core::systick_value() = 0;
  core::systick_control() = 7;  // enabled, with its interrupt, from the core's clock
}

}  // namespace

void machine::start() noexcept {
  ::board::start();  // hardware.hpp's
  start_tick();
  lwip_init();
  network::start();
  watchdog::start();
}

void machine::every_tenth_of_a_second(void (*step)()) noexcept {
  timer_step = step;
  timer::start();
  core::enable_interrupt(part::timer_interrupt);
}

musubi::time_point machine::now() noexcept {
  core::mask_interrupts();
  std::uint32_t left = core::systick_value();
  std::uint32_t whole = ticks;
  if ((core::icsr() & core::systick_pending) != 0) {  // it has wrapped; its interrupt is pending
    left = core::systick_value();
    ++whole;
  }
  core::unmask_interrupts();
  if (whole < last_ticks) round_ticks += std::uint64_t{1} << 32;
  last_ticks = whole;
  const std::uint64_t micros = (round_ticks + whole) * (1'000'000 / ticks_per_second) +
                               (cycles_per_tick - 1 - left) / (part::hertz / 1'000'000);
  return musubi::time_point(musubi::duration(static_cast<std::int64_t>(micros)));
}

void machine::entropy(std::span<std::byte> into) noexcept {
  for (std::byte& each : into) {
    stir(core::systick_value());
    each = static_cast<std::byte>(pool >> 24);
  }
}

bool machine::receive() noexcept {
  const bool received = network::receive();
  if (received) stir(core::systick_value());
  return received;
}

void machine::sleep(musubi::time_point, const std::atomic<bool>& awake) noexcept {
  // the tick ends every sleep within 10 ms, so `until` needs no timer of its own
  core::mask_interrupts();
  if (!awake.load(std::memory_order_relaxed) && !ethernet::waiting()) core::wait_for_interrupt();
  core::unmask_interrupts();
}

void machine::alive() noexcept {
  watchdog::feed();
}

}  // namespace board

void systick_handler() {
  board::ticks = board::ticks + 1;
}

void timer_handler() {
  board::timer::acknowledge();
  board::timer_step();
}

void ethernet_handler() {
  board::ethernet::hush();
}

unsigned board_random() {
  board::stir(board::core::systick_value());
  return board::pool;
}
