#include <part.hpp>

#include <musubi/board/core.hpp>

extern "C" void tick_handler();

namespace board::core {

namespace {

constexpr std::uint32_t ticks_per_second = 100;
constexpr std::uint32_t steps_per_second = 10;
constexpr std::uint32_t timer_interrupt = 1U << 7;  // of mie

void (*tenth)() = nullptr;
std::uint64_t next_tick = 0;

std::uint64_t now() noexcept {
  for (;;) {
    const std::uint32_t high = at(part::mtime + 4);
    const std::uint32_t low = at(part::mtime);
    if (at(part::mtime + 4) == high) return std::uint64_t{high} << 32 | low;
  }
}

void set_next_tick() noexcept {
  next_tick += part::mtime_hertz / ticks_per_second;
  at(part::mtimecmp + 4) = 0xFFFFFFFF;  // or it might be due between the two halves
  at(part::mtimecmp) = static_cast<std::uint32_t>(next_tick);
  at(part::mtimecmp + 4) = static_cast<std::uint32_t>(next_tick >> 32);
}

}  // namespace

void start_clock() noexcept {
  next_tick = now();
  set_next_tick();
  __asm volatile("csrs mie, %0" ::"r"(timer_interrupt) : "memory");
  unmask_interrupts();
}

std::uint64_t microseconds() noexcept {
  static_assert(part::mtime_hertz % 1'000'000 == 0);
  return now() / (part::mtime_hertz / 1'000'000);
}

std::uint32_t cycles() noexcept {
  std::uint32_t low = 0;
  __asm volatile("csrr %0, mcycle" : "=r"(low));
  return low;
}

void every_tenth_of_a_second(void (*step)()) noexcept {
  tenth = step;
}

}  // namespace board::core

void tick_handler() {
  using namespace board::core;
  static std::uint32_t ticks = 0;
  set_next_tick();
  if (++ticks % (ticks_per_second / steps_per_second) == 0 && tenth != nullptr) tenth();
}
