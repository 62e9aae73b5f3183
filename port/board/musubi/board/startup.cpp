/// The code from reset to main. The folder of the core has how it gets here, and what happens after
/// a fault.

#include <cstddef>
#include <cstdint>

#include <musubi/board/core.hpp>
#include <musubi/board/machine.hpp>

extern "C" {
extern std::uint32_t stack_begin[], stack_end[];
extern std::uint32_t data_begin[], data_end[], data_image[];
extern std::uint32_t bss_begin[], bss_end[];
using constructor = void (*)();
extern constructor constructors_begin[], constructors_end[];

int program() __asm__("main");  // C++ forbids calling main by its name
[[noreturn]] void reset_handler();
[[noreturn]] void abort();
}

namespace {
/// The pattern that fills the stack, to determine its high-water mark later.
constexpr std::uint32_t paint = 0xC0FFEE11;
}  // namespace

extern "C" {

[[noreturn, gnu::used]] void reset_handler() {
  board::core::prepare();
  // plain loops, because library functions may use variables that are not initialized yet
  for (std::uint32_t* at = stack_begin; at < reinterpret_cast<std::uint32_t*>(&at) - 8; ++at) {
    *at = paint;
  }
  const std::uint32_t* from = data_image;
  for (std::uint32_t* to = data_begin; to < data_end; ++to) *to = *from++;
  for (std::uint32_t* to = bss_begin; to < bss_end; ++to) *to = 0;
  for (constructor* each = constructors_begin; each < constructors_end; ++each) (*each)();
  program();
  abort();
}

// --- what the C library requires; there is no heap: _sbrk fails, and malloc with it ---
void* _sbrk(std::ptrdiff_t) {
  return reinterpret_cast<void*>(-1);
}
[[noreturn]] void _exit(int) {
  abort();
}
[[noreturn]] void __cxa_pure_virtual() {
  abort();
}
}

namespace board {

std::size_t stack_used() noexcept {
  const std::uint32_t* at = stack_begin;
  while (at < stack_end && *at == paint) ++at;
  return static_cast<std::size_t>(stack_end - at) * sizeof *at;
}

}  // namespace board
