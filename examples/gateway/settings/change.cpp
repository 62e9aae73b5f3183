#include "settings/change.hpp"

namespace gateway {

musubi::status change::apply(settings& to) const noexcept {
  switch (what) {
    case kind::rename: {
      const auto checked = checked_name(name);
      if (!checked) return checked.error();
      to.name = *checked;
      return {};
    }
    case kind::set_period:
      if (const musubi::status checked = checked_period(period); !checked.ok()) return checked;
      to.period = period;
      return {};
    case kind::pause:
      to.paused = true;
      return {};
    case kind::resume:
      to.paused = false;
      return {};
    case kind::reset_counters:
      ++to.resets;
      return {};
  }
  return musubi::refuse("there is no such change");
}

}  // namespace gateway
