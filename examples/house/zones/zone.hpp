#pragma once
// The thermostats of the house, as they are known here.

#include "../../thermostat/application/heating.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/musubi.hpp>

namespace house {

using zone_name = musubi::text<24>;

/// How the connection to a thermostat fares.
enum class contact : std::uint8_t {
  connecting,     ///< it was never heard of
  live,           ///< what is shown is its present state
  stale,          ///< it was there, and cannot be reached now
  refused,        ///< it does not let this house in
  other_version,  ///< its State does not fit the struct of this program
};

/// What a thermostat measures, and what it was told.
struct climate {
  musubi::fixed<1> temperature = {};  ///< degrees
  musubi::fixed<1> outside = {};
  std::int32_t target = 0;
  home::heating_mode mode = home::heating_mode::off;
  bool heating = false;
  std::optional<musubi::text<63>> fault = {};
};

/// A thermostat at one moment.
struct zone_state {
  contact link = contact::connecting;
  musubi::text<127> why;            ///< why it is not live; empty while it is
  std::optional<std::int32_t> age;  ///< seconds since `last` was the present state, if it is not
  std::optional<climate> last;
};

/// What people may ask of a thermostat. The answers are the thermostat's own.
class thermostat_controls {
 public:
  virtual musubi::task<musubi::status> set_target(std::int32_t celsius) = 0;
  virtual musubi::task<musubi::status> set_mode(home::heating_mode mode) = 0;
  virtual musubi::task<musubi::status> close_window() = 0;

 protected:
  ~thermostat_controls() = default;
};

/// One thermostat: its link sets the state, the stores show it.
struct zone {
  zone_name name;
  musubi::text<80> address;  ///< host and port
  musubi::watch<zone_state> state;
  thermostat_controls* controls = nullptr;  ///< set before the host runs
};

/// All of them, in the order in which they were added. Filled before the host runs.
class zone_list {
 public:
  static constexpr std::size_t most = 16;

  /// Null if there is no room, or one of that name.
  zone* add(const zone_name& name) noexcept {
    if (size_ == most || find(name) != nullptr) return nullptr;
    zone& fresh = zones_[size_++];
    fresh.name = name;
    return &fresh;
  }
  [[nodiscard]] zone* find(std::string_view name) noexcept {
    for (zone& each : *this) {
      if (each.name == name) return &each;
    }
    return nullptr;
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] zone* begin() noexcept { return zones_; }
  [[nodiscard]] zone* end() noexcept { return zones_ + size_; }
  void clear() noexcept { size_ = 0; }

 private:
  zone zones_[most];
  std::size_t size_ = 0;
};
inline zone_list all_zones;

}  // namespace house
