#include <part.hpp>

#include <musubi/board/cortex_m/core.hpp>

extern "C" void systick_handler();

namespace board::core {

namespace {

constexpr std::uint32_t ticks_per_second = 100;
constexpr std::uint32_t cycles_per_tick = part::hertz / ticks_per_second;
static_assert(part::hertz % 1'000'000 == 0 && cycles_per_tick <= 1U << 24);

volatile std::uint32_t ticks = 0;
std::uint32_t last_ticks = 0;  // to detect that 32 bits wrap, every 497 days
std::uint64_t round_ticks = 0;

}  // namespace

void start_clock() noexcept {
  systick_reload() = cycles_per_tick - 1;
  systick_value() = 0;
  systick_control() = 7;  // enabled, with its interrupt, from the core's clock
}

std::uint64_t microseconds() noexcept {
  mask_interrupts();
  std::uint32_t left = systick_value();
  std::uint32_t whole = ticks;
  if ((icsr() & systick_pending) != 0) {  // it has wrapped; its interrupt is pending
    left = systick_value();
    ++whole;
  }
  unmask_interrupts();
  if (whole < last_ticks) round_ticks += std::uint64_t{1} << 32;
  last_ticks = whole;
  return (round_ticks + whole) * (1'000'000 / ticks_per_second) +
         (cycles_per_tick - 1 - left) / (part::hertz / 1'000'000);
}

}  // namespace board::core

void systick_handler() {
  board::core::ticks = board::core::ticks + 1;
}
