#include <musubi/board/hardware.hpp>
#include <musubi/board/internal/fault_report.hpp>
#include <musubi/board/serial.hpp>

namespace board {

namespace {
constexpr std::uint32_t mark = 0x6661'7500;  // what RAM holds at first is random
[[gnu::section(".kept")]] std::uint32_t counted;
}  // namespace

std::uint32_t count_fault() noexcept {
  if (counted - mark > 0xFFFF) counted = mark;
  return ++counted - mark;
}

#if !defined(MUSUBI_BOARD_WITHOUT_REPORT)
void write_hex(const char* name, std::uint32_t number) noexcept {
  serial::write(name);
  for (unsigned digit = 0; digit < 8; ++digit) {
    serial::put("0123456789ABCDEF"[number >> 28]);
    number <<= 4;
  }
}
#endif

}  // namespace board
