#pragma once
/// Common to every Cortex-M: interrupts, the system timer, reset. Names as in the ARMv7-M manual.

#include <cstdint>

namespace board {

inline volatile std::uint32_t& at(std::uint32_t address) {
  return *reinterpret_cast<volatile std::uint32_t*>(address);
}

namespace core {
inline volatile std::uint32_t& systick_control() {
  return at(0xE000E010);
}
inline volatile std::uint32_t& systick_reload() {
  return at(0xE000E014);
}
inline volatile std::uint32_t& systick_value() {
  return at(0xE000E018);
}
inline volatile std::uint32_t& icsr() {
  return at(0xE000ED04);
}
inline constexpr std::uint32_t systick_pending = 1U << 26;
inline volatile std::uint32_t& aircr() {
  return at(0xE000ED0C);
}
inline constexpr std::uint32_t reset_request = 0x05FA0004;
inline void enable_interrupt(unsigned number) {
  at(0xE000E100 + 4 * (number / 32)) = 1U << number % 32;
}
inline void mask_interrupts() {
  __asm volatile("cpsid i" ::: "memory");
}
inline void unmask_interrupts() {
  __asm volatile("cpsie i" ::: "memory");
}
inline void wait_for_interrupt() {
  __asm volatile("dsb\n wfi" ::: "memory");
}
}  // namespace core

}  // namespace board
