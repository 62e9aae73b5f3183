#pragma once
/// The Ethernet MAC of the LM3S6965 as a network interface of lwIP's.

#include <cstdint>

struct netif;

namespace board::ethernet {

/// Starts the MAC and adds it to lwIP with a fixed address.
void start(netif& interface) noexcept;
/// Hands one received frame to lwIP; false when none was waiting.
bool receive(netif& interface) noexcept;
/// True when frames are waiting. Their interrupt, which ends a sleep, comes once, and again after
/// `receive` has found none.
[[nodiscard]] bool waiting() noexcept;
/// Frames that came while lwIP had no buffer for them.
[[nodiscard]] std::uint32_t dropped() noexcept;

}  // namespace board::ethernet
