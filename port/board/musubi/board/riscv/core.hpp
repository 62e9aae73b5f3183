#pragma once
/// A 32-bit RISC-V core in machine mode, with a CLINT and a PLIC. Names as in their manuals.

#include <cstdint>

namespace board {

inline volatile std::uint32_t& at(std::uint32_t address) {
  return *reinterpret_cast<volatile std::uint32_t*>(address);
}

namespace core {

/// Starts the tick, a hundred times a second.
void start_clock() noexcept;
/// Since the core has started; never goes back.
[[nodiscard]] std::uint64_t microseconds() noexcept;
/// A counter that is fast enough for the lowest bits to be different every time.
[[nodiscard]] std::uint32_t cycles() noexcept;
/// Lets the tick call `step` ten times a second.
void every_tenth_of_a_second(void (*step)()) noexcept;
/// An interrupt of the PLIC. 0, which it does not have, has no effect.
void enable_interrupt(unsigned number) noexcept;

inline constexpr std::uint32_t interrupts_enabled = 8;  // of mstatus: MIE
inline void mask_interrupts() {
  __asm volatile("csrci mstatus, 8" ::: "memory");
}
inline void unmask_interrupts() {
  __asm volatile("csrsi mstatus, 8" ::: "memory");
}
inline void wait_for_interrupt() {
  __asm volatile("fence\n wfi" ::: "memory");
}
/// What has to happen before the first function that the compiler has a free hand in.
inline void prepare() noexcept {}

}  // namespace core

}  // namespace board
