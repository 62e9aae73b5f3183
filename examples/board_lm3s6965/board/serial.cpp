#include "serial.hpp"

#include "registers.hpp"

namespace board::serial {

void start() noexcept {
  sysctl::rcgc1() = sysctl::rcgc1() | sysctl::uart0;
  sysctl::rcgc2() = sysctl::rcgc2() | sysctl::gpio_a;
  gpio::alternate(gpio::port_a) = 3;  // PA0 and PA1 are the port's
  gpio::digital(gpio::port_a) = 3;
  uart::control() = 0;
  uart::baud_whole() = 27;  // 50 MHz / (16 * 115200) = 27 + 8/64
  uart::baud_part() = 8;
  uart::line() = 0x70;  // 8 bits, FIFO
  uart::control() = 0x301;
}

void write(std::string_view text) noexcept {
  for (const char byte : text) {
    while ((uart::flags() & uart::transmit_full) != 0) {
    }
    uart::data() = static_cast<unsigned char>(byte);
  }
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

int read() noexcept {
  if ((uart::flags() & uart::receive_empty) != 0) return -1;
  return static_cast<int>(uart::data() & 0xFFU);
}

}  // namespace board::serial
