#pragma once
/// One entity of a device, as Home Assistant has it.

#include <cstdint>
#include <span>
#include <string_view>

namespace musubi::mqtt {

enum class entity_kind : std::uint8_t {
  binary_sensor,
  sensor,
  choice,  ///< a sensor with options
  toggle,  ///< "switch", which is a keyword of C++
  number,
  select,
  button,
};

/// Made at compile time of a field of the State, or of a command.
struct entity {
  entity_kind kind;
  std::string_view key;            ///< among the entities of the device
  std::string_view label;          ///< from which its name is made
  std::string_view shows = {};     ///< the field of the State; empty: none
  std::string_view command = {};   ///< empty: none
  std::string_view argument = {};  ///< the field of the command
  std::string_view unit = {};
  std::string_view device_class = {};
  std::string_view state_class = {};               ///< of a sensor that is a number
  std::span<const std::string_view> options = {};  ///< empty names are to be left out
  std::string_view least = {};
  std::string_view most = {};
  std::string_view step = {};

  /// It can be set, but the State does not show to what.
  [[nodiscard]] constexpr bool is_blind() const noexcept {
    return !argument.empty() && shows.empty();
  }
};

}  // namespace musubi::mqtt
