#pragma once
/// How much a log tells.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace musubi {

/// The weight of a line; of a log, the least heavy that it writes. The numbers are those of syslog.
enum class log_level : std::uint8_t {
  none = 0,     ///< of a log: writes nothing
  error = 3,    ///< something is broken: a page failed, there is no address to listen on
  warning = 4,  ///< something was refused, or a limit reached
  notice = 5,   ///< what everybody wants to know: where the program listens
  info = 6,     ///< who came, mounted and went
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

/// The level of that name; nothing when there is none.
[[nodiscard]] constexpr std::optional<log_level> log_level_of(std::string_view name) noexcept {
  for (const auto& each : detail::log_levels) {
    if (each.name == name) return each.level;
  }
  return std::nullopt;
}

}  // namespace musubi
