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
inline constexpr std::uint32_t systick_passed = 1U << 16;  // of systick_control; cleared by reading
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
/// VTOR: where the vectors are.
inline volatile std::uint32_t& vector_table() {
  return at(0xE000ED08);
}
/// The number of the exception that is being handled.
inline std::uint32_t exception() {
  return icsr() & 0x1FF;
}
/// Why a fault happened: a bit for each cause, as in the ARMv7-M manual.
inline volatile std::uint32_t& cfsr() {
  return at(0xE000ED28);
}
inline volatile std::uint32_t& hfsr() {
  return at(0xE000ED2C);
}
#if defined(__ARM_FP)
/// Until then, every floating-point instruction is a UsageFault (NOCP).
inline void enable_floating_point() {
  volatile std::uint32_t& cpacr = at(0xE000ED88);
  cpacr = cpacr | 0xFU << 20;
  __asm volatile("dsb\n isb" ::: "memory");
}
#endif
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
