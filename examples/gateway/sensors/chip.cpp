#include "sensors/chip.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

#include <musubi/memory/decimal.hpp>

namespace gateway {
namespace {

/// A temperature outside of this range is not that of a real thermometer.
constexpr std::int64_t coldest = -100'000;
constexpr std::int64_t hottest = 250'000;

float degrees(std::int64_t told) noexcept {
  return tenths(static_cast<double>(told) / 1000.0);
}

/// "temp" and "temp12_input" give 12.
std::optional<std::uint16_t> number_of(std::string_view file, std::string_view kind) noexcept {
  constexpr std::string_view end = "_input";
  if (!file.starts_with(kind) || !file.ends_with(end)) return std::nullopt;
  file.remove_prefix(kind.size());
  file.remove_suffix(std::min(end.size(), file.size()));
  return to_number<std::uint16_t>(file);
}

/// The files of one channel.
class channel_files {
 public:
  channel_files(file_reader& reader, const chip_place& of, const channel_name& name) noexcept
      : reader_(reader), of_(of), kind_(name.kind), number_(name.number) {}

  [[nodiscard]] std::optional<std::int64_t> number(std::string_view what) const noexcept {
    const std::string_view kind = kind_ == channel_kind::fan ? "fan" : "temp";
    return reader_.number(reader_.path(of_.folder, "/", kind, number_, what));
  }
  /// Whether the driver reports that nothing is connected, or that the channel is switched off.
  [[nodiscard]] bool is_off() const noexcept {
    return number("_fault").value_or(0) > 0 || number("_enable") == 0 || number("_type") == 0;
  }
  [[nodiscard]] float limit() const noexcept {
    for (const std::string_view which : {"_crit", "_max"}) {
      const auto told = number(which);
      if (const auto limit = told ? celsius_limit(*told) : std::nullopt) return *limit;
    }
    return 0;
  }

 private:
  file_reader& reader_;
  const chip_place& of_;
  channel_kind kind_;
  musubi::decimal number_;
};

std::optional<float> value_of(const chip_place& place, channel_kind kind,
                              std::int64_t told) noexcept {
  if (place.is_zone) return zone_celsius(told);
  if (kind == channel_kind::temperature) return chip_celsius(place.kind, told);
  const auto turns = fan_turns(told);
  return turns ? std::optional(static_cast<float>(*turns)) : std::nullopt;
}

channel_value read_channel(file_reader& reader, const chip_place& place, const channel_name& name,
                           bool& exhausted) noexcept {
  channel_value found{.name = name};
  file_reader input(reader.files());
  const auto told = place.is_zone ? input.number(input.path(place.folder, "/temp"))
                                  : channel_files(input, place, name).number("_input");
  const auto value = told ? value_of(place, name.kind, *told) : std::nullopt;
  file_reader others(reader.files());
  const channel_files files(others, place, name);
  if (value && (place.is_zone || !files.is_off())) {
    found.state = channel_value::shown;
    found.value = *value;
    if (!place.is_zone && name.kind == channel_kind::temperature) found.limit = files.limit();
  } else if (input.failed()) {
    found.state = channel_value::unreadable;
  }
  exhausted = exhausted || input.exhausted() || others.exhausted();
  return found;
}

}  // namespace

std::optional<float> chip_celsius(std::string_view chip, std::int64_t told) noexcept {
  if (told < coldest || told > hottest) return std::nullopt;
  // An open input reads as the limit of eight bits; it87 reads as -55 if the firmware has switched
  // the input off.
  if ((told >= 127'000 && told < 128'000) || told == -55'000) return std::nullopt;
  // 85 is the power-on value of a one-wire thermometer that lost its power while it measured.
  if (chip == "w1_slave_temp" && told == 85'000) return std::nullopt;
  return degrees(told);
}

std::optional<float> zone_celsius(std::int64_t told) noexcept {
  constexpr std::int64_t hardly_more = 200;  // 200 whole degrees, or 0.2 degrees
  if (told < coldest || told > hottest || (told > -hardly_more && told < hardly_more)) {
    return std::nullopt;
  }
  return degrees(told);
}

std::optional<float> celsius_limit(std::int64_t told) noexcept {
  if (told <= 0 || told > hottest) return std::nullopt;
  return degrees(told);
}

std::optional<std::uint32_t> fan_turns(std::int64_t told) noexcept {
  constexpr std::int64_t fastest = 60'000;  // below 65535, which means "unknown"
  if (told < 0 || told > fastest) return std::nullopt;
  return static_cast<std::uint32_t>(told);
}

std::optional<channel_name> channel_name::of(std::string_view file) noexcept {
  if (const auto number = number_of(file, "temp")) {
    return channel_name{channel_kind::temperature, *number};
  }
  if (const auto number = number_of(file, "fan")) return channel_name{channel_kind::fan, *number};
  return std::nullopt;
}

channel_value chip_values::of(const channel_name& name) const noexcept {
  const auto* const known =
      std::find_if(channels.begin(), channels.end(),
                   [&](const channel_value& each) { return each.name == name; });
  if (known != channels.end()) return *known;
  // Channels that did not fit are not shown.
  return {.name = name,
          .state = channels.full() ? channel_value::absent : channel_value::unreadable};
}

chip_values read_chip(file_reader& reader, const chip_place& place) noexcept {
  chip_values found;
  if (place.is_zone) {
    (void)found.channels.push_back(read_channel(reader, place, {}, found.exhausted));
    return found;
  }
  folder_reader names(reader, reader.path(place.folder));
  while (const auto file = names.next()) {
    const auto name = channel_name::of(*file);
    if (!name || found.channels.full()) continue;
    (void)found.channels.push_back(read_channel(reader, place, *name, found.exhausted));
  }
  found.exhausted = found.exhausted || reader.exhausted();
  return found;
}

}  // namespace gateway
