#include "sensors/climate.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

namespace gateway {
namespace {

using chip_name = musubi::text<32>;
using chip_names = musubi::list<chip_name, 16>;

/// Thousandths of a degree; what no thermometer on a board can show is a broken one.
std::optional<float> celsius(const file_path& file) noexcept {
  const auto value = file_tree::number(file);
  if (!value || *value < -100'000 || *value > 300'000) return std::nullopt;
  return tenths(static_cast<double>(*value) / 1000.0);
}

/// A limit of zero or less is one that nobody set.
std::optional<float> limit(const file_path& file) noexcept {
  const auto value = celsius(file);
  return value && *value > 0.0F ? value : std::nullopt;
}

template <class T, std::size_t N>
void add(musubi::list<T, N>& values, const T& value, std::uint16_t& hidden) noexcept {
  if (!values.push_back(value)) ++hidden;
}

/// "coretemp Core 0", "nvme Composite", or "nvme 1" where the driver gives no label.
musubi::text<48> channel_name(const file_path& label, std::string_view chip,
                              std::string_view number) noexcept {
  char buffer[64];
  const auto told = file_tree::line(label, buffer);
  const std::string_view channel = told && !told->empty() ? *told : number;
  musubi::text<96> name;
  (void)name.assign(chip);
  (void)(name.append(" ") && name.append(channel));
  return shown<48>(name);
}

/// "temp" and "temp12_input" give "12".
std::optional<std::string_view> channel_of(std::string_view file, std::string_view kind) noexcept {
  constexpr std::string_view end = "_input";
  if (!file.starts_with(kind) || !file.ends_with(end)) return std::nullopt;
  file.remove_prefix(kind.size());
  file.remove_suffix(std::min(end.size(), file.size()));
  return to_number<unsigned>(file) ? std::optional(file) : std::nullopt;
}

void read_chip(const file_tree& files, std::string_view folder, chip_names& chips,
               climate_reading& reading) noexcept {
  char buffer[64];
  const auto file = [&](std::string_view kind, std::string_view number, std::string_view what) {
    return files.path("/sys/class/hwmon/", folder, "/", kind, number, what);
  };
  const auto chip = shown<32>(file_tree::line(file("name", "", ""), buffer).value_or(folder));
  (void)chips.push_back(chip);

  folder_reader names(files.path("/sys/class/hwmon/", folder));
  while (auto name = names.next()) {
    if (const auto number = channel_of(*name, "temp")) {
      if (const auto value = celsius(file("temp", *number, "_input"))) {
        const auto critical = limit(file("temp", *number, "_crit"));
        add(reading.temperatures,
            temperature{channel_name(file("temp", *number, "_label"), chip, *number), *value,
                        critical ? critical : limit(file("temp", *number, "_max"))},
            reading.temperatures_hidden);
      }
    } else if (const auto turning = channel_of(*name, "fan")) {
      const auto value = file_tree::number(file("fan", *turning, "_input"));
      if (value && *value >= 0 && *value <= 100'000) {
        add(reading.fans,
            fan{channel_name(file("fan", *turning, "_label"), chip, *turning),
                static_cast<std::uint32_t>(*value)},
            reading.fans_hidden);
      }
    }
  }
}

/// A driver that serves both folders spells its name with '_' in one and '-' in the other.
bool is_known(const chip_names& chips, std::string_view type) noexcept {
  const auto same = [](char a, char b) { return a == b || (a == '_' && b == '-'); };
  return std::any_of(chips.begin(), chips.end(), [&](const chip_name& chip) {
    const std::string_view name = chip;
    return std::equal(name.begin(), name.end(), type.begin(), type.end(), same);
  });
}

void read_zone(const file_tree& files, std::string_view folder, const chip_names& chips,
               climate_reading& reading) noexcept {
  char buffer[64];
  const auto type = file_tree::line(files.path("/sys/class/thermal/", folder, "/type"), buffer);
  if (!type || is_known(chips, *type)) return;
  const auto value = celsius(files.path("/sys/class/thermal/", folder, "/temp"));
  if (!value) return;
  add(reading.temperatures, temperature{shown<48>(*type), *value, std::nullopt},
      reading.temperatures_hidden);
}

/// The file system lists in any order; a person wants the same one every time.
template <class T, std::size_t N>
void sort(musubi::list<T, N>& values) noexcept {
  std::sort(values.begin(), values.end(), [](const T& a, const T& b) { return a.name < b.name; });
}

}  // namespace

climate_reading read_climate(const file_tree& files) noexcept {
  climate_reading reading;
  chip_names chips;
  folder_reader folders(files.path("/sys/class/hwmon"));
  while (auto folder = folders.next()) read_chip(files, *folder, chips, reading);
  folders.open(files.path("/sys/class/thermal"));
  while (auto folder = folders.next()) {
    if (folder->starts_with("thermal_zone")) read_zone(files, *folder, chips, reading);
  }
  sort(reading.temperatures);
  sort(reading.fans);
  return reading;
}

}  // namespace gateway
