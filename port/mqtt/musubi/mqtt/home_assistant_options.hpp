#pragma once
/// What Home Assistant is told of a device, and what is counted.

#include <cstdint>
#include <string_view>

namespace musubi::mqtt {

/// The views must outlive the `home_assistant`.
struct home_assistant_options {
  /// Identifies the device, and is a level of its topics: 1 to 32 letters, digits, `_` and `-`. Two
  /// devices of one broker must not have the same.
  std::string_view device;
  std::string_view name = {};  ///< what people read; empty: `device`
  std::string_view area = {};  ///< suggested for it: "Cellar"
  std::string_view manufacturer = {};
  std::string_view version = {};            ///< of this program
  std::string_view configuration_url = {};  ///< of its own page: "http://192.0.2.7:4000/"
  /// The first levels of the topics of the device: `musubi/cellar/state`.
  std::string_view base = "musubi";
  /// The discovery prefix of Home Assistant.
  std::string_view prefix = "homeassistant";
};

struct home_assistant_counters {
  std::uint32_t commands = 0;  ///< that came from the broker
  std::uint32_t refused = 0;   ///< of these: by the store, by its types, or since it is not mounted
  std::uint32_t births = 0;    ///< how often Home Assistant said that it has started
  std::uint32_t failures = 0;  ///< how often the store failed, or could not be mounted
};

}  // namespace musubi::mqtt
