#pragma once

#include <cstdint>

namespace musubi::net {

/// What a browser has to speak with a host: plain HTTP and WebSockets, or both over TLS.
enum class url_scheme : std::uint8_t { http, https };

}  // namespace musubi::net
