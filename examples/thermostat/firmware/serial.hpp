#pragma once
/// The serial port, for a human with a cable: what the board has to say for itself.

#include <cstdint>
#include <string_view>

namespace board::serial {

void write(std::string_view text) noexcept;
void write(std::uint32_t number) noexcept;

}  // namespace board::serial
