#pragma once
/// The serial port, for a human with a cable: what the board has to say for itself.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace board {

namespace serial {
void start() noexcept;
void write(std::string_view text) noexcept;
void write(std::uint32_t number) noexcept;
/// The next byte that came in, or -1.
int read() noexcept;
}  // namespace serial

/// Most bytes of stack that were ever in use.
[[nodiscard]] std::size_t stack_used() noexcept;

}  // namespace board
