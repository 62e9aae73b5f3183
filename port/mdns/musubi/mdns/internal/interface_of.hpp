#pragma once
/// The network interface of an address.

#include <string_view>

namespace musubi::mdns {

/// The index of the interface that has this IP address of this machine; 0 if that is not known.
[[nodiscard]] int interface_of(std::string_view address) noexcept;

}  // namespace musubi::mdns
