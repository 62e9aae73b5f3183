#pragma once
/// The address of a server as one writes it.

#include <cstdint>
#include <string_view>

#include <musubi/memory/slice.hpp>

namespace musubi {

/// The parts of "ws://192.0.2.7:4000/socket?user=ada", as views of it. "wss://" is the same over
/// TLS.
struct remote_url {
  std::string_view authority;           ///< "192.0.2.7:4000"
  std::string_view name;                ///< "192.0.2.7"; of an IPv6 address without its brackets
  std::uint16_t port = 80;              ///< over TLS 443
  std::string_view target = "/socket";  ///< path and query
  bool secure = false;                  ///< over TLS

  /// Reads `text`. Returns what is wrong with it, to follow its name: "not a URL …"; empty if it is
  /// right.
  [[nodiscard]] constexpr std::string_view read(std::string_view text) noexcept {
    secure = text.starts_with("wss://");
    const std::string_view scheme = secure ? "wss://" : "ws://";
    if (!text.starts_with(scheme)) return "not a URL that begins with ws:// or wss://";
    if (secure) port = 443;
    for (const char each : text) {
      if (each <= ' ' || each > '~') return "a URL has no blanks and no characters beyond ASCII";
    }
    text.remove_prefix(scheme.size());
    if (text.find('#') != std::string_view::npos || text.find('@') != std::string_view::npos) {
      return "a URL with a fragment or a user name, which a WebSocket has not";
    }
    const std::size_t end = text.find_first_of("/?");
    authority = slice(text, 0, end);
    if (end != std::string_view::npos && text[end] == '?') return "a URL without a path";
    if (end != std::string_view::npos && end + 1 < text.size()) target = slice(text, end);
    name = authority;
    std::string_view digits;
    if (name.starts_with('[')) {
      const std::size_t close = name.find(']');
      if (close == std::string_view::npos) return "an IPv6 address without its closing bracket";
      digits = slice(name, close + 1);
      name = slice(name, 1, close - 1);
    } else if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
      digits = slice(name, colon);
      name = slice(name, 0, colon);
    }
    if (name.empty()) return "a URL without a host";
    if (digits.empty()) return {};
    if (digits[0] != ':' || digits.size() > 6) return "a port that is not a number from 1 to 65535";
    std::uint32_t number = 0;
    for (const char each : slice(digits, 1)) {
      if (each < '0' || each > '9') return "a port that is not a number from 1 to 65535";
      number = number * 10 + static_cast<std::uint32_t>(each - '0');
    }
    if (number == 0 || number > 65535) return "a port that is not a number from 1 to 65535";
    port = static_cast<std::uint16_t>(number);
    return {};
  }
};

}  // namespace musubi
