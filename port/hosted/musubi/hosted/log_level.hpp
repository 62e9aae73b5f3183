#pragma once
/// The severity of log lines.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace musubi {

/// The severity of a line; for a log, the least severe that it writes. The numbers are those of
/// syslog.
enum class log_level : std::uint8_t {
  none = 0,     ///< for a log: write nothing
  error = 3,    ///< something is broken: a page failed, the address to listen on is taken
  warning = 4,  ///< something was refused, or a limit reached
  notice = 5,   ///< always of interest: the addresses the program listens on
  info = 6,     ///< clients that connect, mount and leave
  debug = 7,    ///< every command and every patch
};

namespace detail {
struct named_log_level {
  std::string_view name;
  log_level level;
};
inline constexpr std::array<named_log_level, 6> log_levels{{{"none", log_level::none},
                                                            {"error", log_level::error},
                                                            {"warning", log_level::warning},
                                                            {"notice", log_level::notice},
                                                            {"info", log_level::info},
                                                            {"debug", log_level::debug}}};
}  // namespace detail

[[nodiscard]] constexpr std::string_view to_text(log_level level) noexcept {
  for (const auto& each : detail::log_levels) {
    if (each.level == level) return each.name;
  }
  return {};
}

/// The level with that name, if there is one.
[[nodiscard]] constexpr std::optional<log_level> log_level_of(std::string_view name) noexcept {
  for (const auto& each : detail::log_levels) {
    if (each.name == name) return each.level;
  }
  return std::nullopt;
}

}  // namespace musubi
