#include <cstddef>

#include <musubi/board/hardware.hpp>
#include <musubi/board/serial.hpp>

namespace board::serial {

void write(std::string_view text) noexcept {
  for (const char byte : text) put(byte);
}

void write(std::uint32_t number) noexcept {
  char digits[10];
  std::size_t at = sizeof digits;
  do {
    digits[--at] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  write({digits + at, sizeof digits - at});
}

}  // namespace board::serial
