#pragma once
/// One change of the settings that somebody asks for.

#include "settings/settings.hpp"

#include <musubi/memory/status.hpp>

namespace gateway {

struct change {
  enum class kind : std::uint8_t { rename, set_period, pause, resume, reset_counters };
  kind what = kind::pause;
  gateway_name name{};       ///< of `rename`
  std::uint32_t period = 0;  ///< of `set_period`, in milliseconds

  /// Makes the change, or says why not and changes nothing.
  [[nodiscard]] musubi::status apply(settings& to) const noexcept;
  /// Whether it is to survive a restart.
  [[nodiscard]] bool is_kept() const noexcept {
    return what == kind::rename || what == kind::set_period;
  }
};

}  // namespace gateway
