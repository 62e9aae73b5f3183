#pragma once
/// How the board is found on the network. Only in a firmware built with BOARD_MDNS.

#include <cstdint>
#include <string_view>

namespace board::mdns {

/// Announces its page (`_http._tcp`) and its stores (`_musubi._tcp`, with `build` in the TXT
/// record) by the name of its network interface, and answers queries from then on. `build` must
/// stay. False if lwIP has no memory for it.
[[nodiscard]] bool announce(std::uint16_t port, std::string_view build) noexcept;

}  // namespace board::mdns
