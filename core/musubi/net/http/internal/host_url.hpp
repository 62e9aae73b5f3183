#pragma once
/// The URL of a host, as typed into a browser.

#include <cstdint>
#include <string_view>

#include <musubi/memory/text.hpp>
#include <musubi/net/http/url_scheme.hpp>

namespace musubi::net {

/// Long enough for any address.
using host_url = text<80>;

/// "http://127.0.0.1:4000/", "https://[::1]:4000/"; empty when `address` is too long.
[[nodiscard]] host_url host_url_of(std::string_view address, std::uint16_t port,
                                   url_scheme scheme = url_scheme::http) noexcept;

}  // namespace musubi::net
