#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// IP addresses as text: dotted quads, and RFC 4291 section 2.2.
namespace musubi::net {

using ipv4_address = std::array<std::uint8_t, 4>;
using ipv6_address = std::array<std::uint8_t, 16>;

/// Reads four numbers from 0 to 255 separated by dots: the form to which browsers normalise all
/// others ("127.1", "0x7f000001"). Leading zeros are refused, because some programs read them as
/// octal.
[[nodiscard]] bool read_ipv4(std::string_view text, ipv4_address& out) noexcept;

/// Reads an IPv6 address without brackets or zone. Its last four bytes may be written as IPv4.
[[nodiscard]] bool read_ipv6(std::string_view text, ipv6_address& out) noexcept;

/// An address of either family. IPv4 is stored as an IPv4-mapped IPv6 address (RFC 4291 section
/// 2.5.5.2).
struct ip_address {
  ipv6_address bytes{};
  bool written_as_v4 = false;

  [[nodiscard]] bool is_v4() const noexcept;
};
/// Reads an address of either family; an IPv6 address may have a zone ("%eth0").
[[nodiscard]] bool read_ip(std::string_view text, ip_address& out) noexcept;

/// True when `text` is a loopback address: 127.0.0.0/8, also IPv4-mapped, or ::1.
[[nodiscard]] bool is_loopback_address(std::string_view text) noexcept;

}  // namespace musubi::net
