#pragma once
/// A requested change of the settings.

#include "settings/settings.hpp"

#include <musubi/memory/status.hpp>

namespace gateway {

struct change {
  enum class kind : std::uint8_t { rename, set_period, pause, resume, reset_counters };
  kind what = kind::pause;
  gateway_name name{};       ///< for `rename`
  std::uint32_t period = 0;  ///< for `set_period`, in milliseconds

  /// Applies the change; returns the reason if it is invalid, and then changes nothing.
  [[nodiscard]] musubi::status apply(settings& to) const noexcept;
  /// Whether it should survive a restart.
  [[nodiscard]] bool is_kept() const noexcept {
    return what == kind::rename || what == kind::set_period;
  }
};

}  // namespace gateway
