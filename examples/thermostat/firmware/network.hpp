#pragma once
/// The board's Ethernet controller as a network interface of lwIP's.

#include <cstdint>

namespace board::network {

/// Starts the controller and adds it to lwIP, with a fixed address. After lwip_init.
void start() noexcept;
/// Hands one received frame to lwIP; false when none was waiting, and then the next one interrupts.
bool receive() noexcept;
/// Frames that came while lwIP had no buffer for them, or broken.
[[nodiscard]] std::uint32_t dropped() noexcept;

}  // namespace board::network
