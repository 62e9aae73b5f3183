/// The code from reset to main. The folder of the core has how it gets here, and what happens after
/// a fault.

#include <cstddef>
#include <cstdint>

#include <musubi/board/core.hpp>
#include <musubi/board/machine.hpp>
#include <musubi/board/variables.hpp>

extern "C" {
extern std::uint32_t stack_begin[], stack_end[];
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
  for (std::uint32_t* at = stack_begin; at < reinterpret_cast<std::uint32_t*>(&at) - 8; ++at) {
    *at = paint;
  }
  board::set_variables();
  for (constructor* each = constructors_begin; each < constructors_end; ++each) (*each)();
  program();
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
