#pragma once
/// The board's Ethernet controller as a network interface of lwIP.

#include <cstdint>
#include <string_view>

namespace board::network {

/// How the board takes part in its network.
struct settings {
  /// The address of its controller, assigned by its maker. The default is administered locally:
  /// for one such board in a network.
  std::uint8_t hardware_address[6] = {0x02, 0x4D, 0x55, 0x53, 0x55, 0x42};
  /// The numbers of its address, by default that of a guest in QEMU. With LWIP_DHCP they hold until
  /// a server has assigned others.
  std::uint8_t address[4] = {10, 0, 2, 15};
  std::uint8_t mask[4] = {255, 255, 255, 0};
  std::uint8_t gateway[4] = {10, 0, 2, 2};
  /// With LWIP_NETIF_HOSTNAME, the start of its name; six digits of its hardware address follow. At
  /// most 24 characters.
  std::string_view name = "board";
};

/// Starts the controller and adds it to lwIP. After lwip_init.
void start(const settings& chosen) noexcept;
/// Passes one received frame to lwIP. Returns false when none is waiting, and enables the interrupt
/// for the next one.
bool receive() noexcept;
/// Number of frames dropped because they were corrupt or lwIP had no buffer.
[[nodiscard]] std::uint32_t dropped() noexcept;

}  // namespace board::network
