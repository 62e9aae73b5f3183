#pragma once
/// One chip of sensors: what its thermometers and fans show. Reading one may take as long as its
/// bus does, so each chip can be read apart from the others.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// What a thermometer of hwmon shows, in thousandths of a degree, as degrees. Absent where the
/// number stands for "nothing is connected".
[[nodiscard]] std::optional<float> chip_celsius(std::string_view chip, std::int64_t told) noexcept;
/// What a thermal zone shows. Some kernels count whole degrees there; whether this one does cannot
/// be seen, so what is hardly more than zero is absent.
[[nodiscard]] std::optional<float> zone_celsius(std::int64_t told) noexcept;
/// A temperature at which hardware is too hot; absent where nobody set it.
[[nodiscard]] std::optional<float> celsius_limit(std::int64_t told) noexcept;
/// Absent where the number stands for "nothing is connected".
[[nodiscard]] std::optional<std::uint32_t> fan_turns(std::int64_t told) noexcept;

enum class channel_kind : std::uint8_t { temperature, fan };

/// A file name such as "temp12_input", as the kind and number of a channel.
struct channel_name {
  channel_kind kind = channel_kind::temperature;
  std::uint16_t number = 0;

  [[nodiscard]] static std::optional<channel_name> of(std::string_view file) noexcept;
  friend bool operator==(const channel_name&, const channel_name&) noexcept = default;
};

/// What one channel of a chip shows.
struct channel_value {
  enum state_type : std::uint8_t { shown, absent, unreadable };

  channel_name name;
  state_type state = absent;
  float value = 0;  ///< degrees, or turns per minute
  float limit = 0;  ///< of a temperature; 0: none
};

/// What all channels of a chip show; further ones are left out.
struct chip_values {
  static constexpr std::size_t most = 56;
  musubi::list<channel_value, most> channels;
  bool exhausted = false;  ///< there were not enough descriptors to read it

  /// The value of a channel; unreadable when it is not among them.
  [[nodiscard]] channel_value of(const channel_name& name) const noexcept;
};

/// Where a chip is: a folder of /sys/class/hwmon, or one of /sys/class/thermal.
struct chip_place {
  musubi::text<64> folder;  ///< "/sys/class/hwmon/hwmon3", or that with "/device"
  musubi::text<32> kind;    ///< "nvme"
  bool is_zone = false;     ///< a thermal zone: it has one channel, a temperature with number 0
  friend bool operator==(const chip_place&, const chip_place&) noexcept = default;
};

/// Reads a chip; blocks as long as its bus does. Tests pass their own.
using chip_lookup = chip_values (*)(file_reader& reader, const chip_place& place) noexcept;
[[nodiscard]] chip_values read_chip(file_reader& reader, const chip_place& place) noexcept;

/// Where a sensor gets the values of chips from.
class chip_source {
 public:
  /// Null while they are not known. Valid until the next call.
  [[nodiscard]] virtual const chip_values* of(const chip_place& place) noexcept = 0;

 protected:
  ~chip_source() = default;
};
/// Reads the chip when it is asked, and waits as long as that takes.
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
