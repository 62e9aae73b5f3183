#pragma once
/// The values of one sensor chip: its thermometers and fans. Reading a chip may block on its bus,
/// so each chip can be read separately.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// Converts the value of an hwmon thermometer from thousandths of a degree to degrees. Absent if
/// the number means "nothing is connected".
[[nodiscard]] std::optional<float> chip_celsius(std::string_view chip, std::int64_t told) noexcept;
/// Converts the value of a thermal zone. Some kernels report whole degrees there, which cannot be
/// detected, so a value close to zero is absent.
[[nodiscard]] std::optional<float> zone_celsius(std::int64_t told) noexcept;
/// Converts the temperature at which hardware is too hot; absent if it is not set.
[[nodiscard]] std::optional<float> celsius_limit(std::int64_t told) noexcept;
/// Converts the value of a fan; absent if the number means "nothing is connected".
[[nodiscard]] std::optional<std::uint32_t> fan_turns(std::int64_t told) noexcept;

enum class channel_kind : std::uint8_t { temperature, fan };

/// A file name such as "temp12_input", as the kind and number of a channel.
struct channel_name {
  channel_kind kind = channel_kind::temperature;
  std::uint16_t number = 0;

  [[nodiscard]] static std::optional<channel_name> of(std::string_view file) noexcept;
  friend bool operator==(const channel_name&, const channel_name&) noexcept = default;
};

/// The value of one channel of a chip.
struct channel_value {
  enum state_type : std::uint8_t { shown, absent, unreadable };

  channel_name name;
  state_type state = absent;
  float value = 0;  ///< degrees, or turns per minute
  float limit = 0;  ///< of a temperature; 0: none
};

/// The values of a chip's channels; those beyond `most` are left out.
struct chip_values {
  static constexpr std::size_t most = 56;
  musubi::list<channel_value, most> channels;
  bool exhausted = false;  ///< there were not enough descriptors to read it

  /// The value of a channel; unreadable if it is not among them.
  [[nodiscard]] channel_value of(const channel_name& name) const noexcept;
};

/// Where a chip is: a folder of /sys/class/hwmon, or one of /sys/class/thermal.
struct chip_place {
  musubi::text<64> folder;  ///< "/sys/class/hwmon/hwmon3", or that with "/device"
  musubi::text<32> kind;    ///< "nvme"
  bool is_zone = false;     ///< a thermal zone: it has one channel, a temperature with number 0
  friend bool operator==(const chip_place&, const chip_place&) noexcept = default;
};

/// Reads a chip. May block on its bus. Tests provide their own.
using chip_lookup = chip_values (*)(file_reader& reader, const chip_place& place) noexcept;
[[nodiscard]] chip_values read_chip(file_reader& reader, const chip_place& place) noexcept;

/// Provides a sensor with the values of chips.
class chip_source {
 public:
  /// The values of a chip; null while they are unknown. Valid until the next call.
  [[nodiscard]] virtual const chip_values* of(const chip_place& place) noexcept = 0;

 protected:
  ~chip_source() = default;
};
/// Reads the chip when asked, and waits for it.
class chips_at_once final : public chip_source {
 public:
  explicit chips_at_once(const file_tree& files) noexcept : files_(files) {}
  [[nodiscard]] const chip_values* of(const chip_place& place) noexcept override {
    file_reader reader(files_);
    last_ = read_chip(reader, place);
    return &last_;
  }

 private:
  file_tree files_;
  chip_values last_;
};

}  // namespace gateway
