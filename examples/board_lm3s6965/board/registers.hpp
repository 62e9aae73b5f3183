#pragma once
/// The registers of the LM3S6965 that this board uses, with the names and bits of its data sheet.

#include <cstdint>

#include <musubi/board/cortex_m/cortex_m.hpp>

namespace board {

namespace sysctl {
inline volatile std::uint32_t& ris() {
  return at(0x400FE050);
}
inline volatile std::uint32_t& rcc() {
  return at(0x400FE060);
}
inline volatile std::uint32_t& rcgc0() {
  return at(0x400FE100);
}
inline volatile std::uint32_t& rcgc1() {
  return at(0x400FE104);
}
inline volatile std::uint32_t& rcgc2() {
  return at(0x400FE108);
}
inline constexpr std::uint32_t pll_locked = 1U << 6;
inline constexpr std::uint32_t wdt = 1U << 3;
inline constexpr std::uint32_t uart0 = 1U << 0;
inline constexpr std::uint32_t timer0 = 1U << 16;
inline constexpr std::uint32_t gpio_a = 1U << 0;
inline constexpr std::uint32_t gpio_f = 1U << 5;
inline constexpr std::uint32_t emac0 = 1U << 28;
inline constexpr std::uint32_t ephy0 = 1U << 30;
}  // namespace sysctl

namespace uart {
inline volatile std::uint32_t& data() {
  return at(0x4000C000);
}
inline volatile std::uint32_t& flags() {
  return at(0x4000C018);
}
inline volatile std::uint32_t& baud_whole() {
  return at(0x4000C024);
}
inline volatile std::uint32_t& baud_part() {
  return at(0x4000C028);
}
inline volatile std::uint32_t& line() {
  return at(0x4000C02C);
}
inline volatile std::uint32_t& control() {
  return at(0x4000C030);
}
inline constexpr std::uint32_t receive_empty = 1U << 4;
inline constexpr std::uint32_t transmit_full = 1U << 5;
}  // namespace uart

namespace gpio {
inline constexpr std::uint32_t port_a = 0x40004000;
inline constexpr std::uint32_t port_f = 0x40025000;
/// The data register of only the pins in `mask`.
inline volatile std::uint32_t& data(std::uint32_t port, std::uint32_t mask) {
  return at(port + (mask << 2));
}
inline volatile std::uint32_t& direction(std::uint32_t port) {
  return at(port + 0x400);
}
inline volatile std::uint32_t& alternate(std::uint32_t port) {
  return at(port + 0x420);
}
inline volatile std::uint32_t& digital(std::uint32_t port) {
  return at(port + 0x51C);
}
}  // namespace gpio

namespace timer0 {
inline volatile std::uint32_t& configuration() {
  return at(0x40030000);
}
inline volatile std::uint32_t& mode() {
  return at(0x40030004);
}
inline volatile std::uint32_t& control() {
  return at(0x4003000C);
}
inline volatile std::uint32_t& interrupt_mask() {
  return at(0x40030018);
}
inline volatile std::uint32_t& interrupt_clear() {
  return at(0x40030024);
}
inline volatile std::uint32_t& reload() {
  return at(0x40030028);
}
}  // namespace timer0

namespace watchdog {
inline volatile std::uint32_t& load() {
  return at(0x40000000);
}
inline volatile std::uint32_t& control() {
  return at(0x40000008);
}
inline volatile std::uint32_t& interrupt_clear() {
  return at(0x4000000C);
}
inline volatile std::uint32_t& lock() {
  return at(0x40000C00);
}
inline constexpr std::uint32_t unlock = 0x1ACCE551;
inline constexpr std::uint32_t interrupt_then_reset = 3;
}  // namespace watchdog

namespace mac {
inline volatile std::uint32_t& status() {
  return at(0x40048000);
}  // write to acknowledge
inline volatile std::uint32_t& interrupt_mask() {
  return at(0x40048004);
}
inline volatile std::uint32_t& receive_control() {
  return at(0x40048008);
}
inline volatile std::uint32_t& transmit_control() {
  return at(0x4004800C);
}
inline volatile std::uint32_t& data() {
  return at(0x40048010);
}
inline volatile std::uint32_t& address_low() {
  return at(0x40048014);
}
inline volatile std::uint32_t& address_high() {
  return at(0x40048018);
}
inline volatile std::uint32_t& threshold() {
  return at(0x4004801C);
}
inline volatile std::uint32_t& frames_waiting() {
  return at(0x40048034);
}
inline volatile std::uint32_t& transmit_request() {
  return at(0x40048038);
}
inline constexpr std::uint32_t received = 1;
inline constexpr std::uint32_t receive_enable = 1;
inline constexpr std::uint32_t accept_multicast = 2;
inline constexpr std::uint32_t reject_bad_crc = 8;
inline constexpr std::uint32_t reset_fifo = 0x10;
inline constexpr std::uint32_t transmit_enable = 1;
inline constexpr std::uint32_t pad = 2;
inline constexpr std::uint32_t append_crc = 4;
inline constexpr std::uint32_t full_duplex = 0x10;
}  // namespace mac

}  // namespace board
