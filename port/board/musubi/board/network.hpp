#pragma once
/// The board's Ethernet controller as a network interface of lwIP.

#include <cstdint>

namespace board::network {

/// Starts the controller and adds it to lwIP, with a fixed address. After lwip_init.
void start() noexcept;
/// Passes one received frame to lwIP. Returns false when none is waiting, and enables the interrupt
/// for the next one.
bool receive() noexcept;
/// Number of frames dropped because they were corrupt or lwIP had no buffer.
[[nodiscard]] std::uint32_t dropped() noexcept;

}  // namespace board::network
