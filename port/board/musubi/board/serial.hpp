#pragma once
/// The serial port, for diagnostics.

#include <cstdint>
#include <string_view>

namespace board::serial {

void write(std::string_view text) noexcept;
void write(std::uint32_t number) noexcept;

}  // namespace board::serial
