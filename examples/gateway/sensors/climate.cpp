#include "sensors/climate.hpp"

#include "sensors/scan.hpp"

#include <algorithm>

#include <musubi/memory/decimal.hpp>
#include <musubi/memory/slice.hpp>

namespace gateway {
namespace {

/// One folder of /sys/class/hwmon.
struct chip {
  musubi::text<16> folder;  // "hwmon3"
  musubi::text<32> kind;    // "nvme"
  musubi::text<32> device;  // "nvme0"; empty when the kernel does not tell
  musubi::text<40> name;    // of the others of its kind it is told apart by its device
};
using chips = musubi::list<chip, 32>;

/// What a channel told, before it is known whether its name is the only one.
template <class Reading>
struct channel {
  Reading reading;
  std::uint16_t number = 0;  // the chip's
  enum : std::uint8_t { told, absent, unread } state = absent;
};
constexpr std::size_t most_channels = 64;

struct findings {
  musubi::list<channel<temperature>, most_channels> temperatures;
  musubi::list<channel<fan>, most_channels> fans;
  std::uint16_t more_temperatures = 0;
  std::uint16_t more_fans = 0;
  bool exhausted = false;
};

/// `name` and `more`, with as much cut off `name` as it takes.
template <std::size_t N>
musubi::text<N> with(std::string_view name, std::string_view more) noexcept {
  name = musubi::whole_characters(name, N - std::min(more.size() + 1, N));
  musubi::text<N> made;
  (void)(made.append(name) && made.append(" ") && made.append(more));
  return made;
}

/// "temp" and "temp12_input" give 12.
std::optional<std::uint16_t> channel_of(std::string_view file, std::string_view kind) noexcept {
  constexpr std::string_view end = "_input";
  if (!file.starts_with(kind) || !file.ends_with(end)) return std::nullopt;
  file.remove_prefix(kind.size());
  file.remove_suffix(std::min(end.size(), file.size()));
  return to_number<std::uint16_t>(file);
}

chips find_chips(file_reader& reader) noexcept {
  chips found;
  char buffer[128];
  folder_reader folders(reader, reader.path("/sys/class/hwmon"));
  while (const auto folder = folders.next()) {
    chip each;
    if (!each.folder.assign(*folder)) continue;
    const auto line = [&](std::string_view file) {
      return reader.line(reader.path("/sys/class/hwmon/", each.folder, file), buffer);
    };
    auto kind = line("/name");
    if (!kind) kind = line("/device/name");  // where drivers of long ago have everything
    each.kind = shown<32>(kind.value_or(each.folder));
    each.device =
        shown<32>(reader.link_name(reader.path("/sys/class/hwmon/", each.folder, "/device"), buffer)
                      .value_or(""));
    (void)found.push_back(each);
  }
  for (chip& each : found) {
    const auto count = [&](auto&& is_same) {
      return std::count_if(found.begin(), found.end(), is_same);
    };
    const auto namesake = [&](const chip& other) { return other.kind == each.kind; };
    if (count(namesake) == 1) {
      each.name = *musubi::text<40>::from(each.kind);
      continue;
    }
    const bool by_device =
        !each.device.empty() && count([&](const chip& other) {
                                  return namesake(other) && other.device == each.device;
                                }) == 1;
    const std::string_view which = by_device ? each.device.view() : each.folder.view();
    // "nvme0", "coretemp.1"; "w1_slave_temp 28-0316a2795dff"
    each.name =
        which.starts_with(each.kind) ? *musubi::text<40>::from(which) : with<40>(each.kind, which);
  }
  return found;
}

/// Of one folder of a chip.
class channel_files {
 public:
  channel_files(file_reader& reader, const chip& of, std::string_view below, std::string_view kind,
                std::uint16_t number) noexcept
      : reader_(reader), of_(of), below_(below), kind_(kind), number_(number) {}

  [[nodiscard]] std::optional<std::int64_t> number(std::string_view what) const noexcept {
    return reader_.number(path(what));
  }
  /// "coretemp Core 0", or "nvme 1" where the driver gives no label.
  [[nodiscard]] musubi::text<48> name() const noexcept {
    char buffer[64];
    const auto label = reader_.line(path("_label"), buffer);
    return shown<48>(with<96>(of_.name, label && !label->empty() ? *label : number_));
  }
  /// Whether its driver says that nothing is connected, or that it is switched off.
  [[nodiscard]] bool is_off() const noexcept {
    return number("_fault").value_or(0) > 0 || number("_enable") == 0 || number("_type") == 0;
  }

 private:
  [[nodiscard]] file_path path(std::string_view what) const noexcept {
    return reader_.path("/sys/class/hwmon/", of_.folder, below_, "/", kind_, number_, what);
  }
  file_reader& reader_;
  const chip& of_;
  std::string_view below_;
  std::string_view kind_;
  musubi::decimal number_;
};

template <class Reading, class Read>
void add(const file_tree& files, const chip& of, std::string_view below, std::string_view kind,
         std::uint16_t number, musubi::list<channel<Reading>, most_channels>& into, findings& all,
         std::uint16_t& more, const Read& read) noexcept {
  file_reader reader(files);
  const channel_files channel_at(reader, of, below, kind, number);
  channel<Reading> found;
  found.number = number;
  found.reading.name = channel_at.name();
  file_reader input(files);
  const auto told = channel_files(input, of, below, kind, number).number("_input");
  if (told && read(*told, channel_at, found.reading) && !channel_at.is_off()) {
    found.state = channel<Reading>::told;
  } else if (input.failed()) {
    found.state = channel<Reading>::unread;
  }
  all.exhausted = all.exhausted || reader.exhausted() || input.exhausted();
  if (!into.push_back(found) && found.state == channel<Reading>::told) ++more;
}

/// False when the folder has no channel.
bool read_chip(file_reader& reader, const chip& each, std::string_view below,
               findings& found) noexcept {
  bool any = false;
  folder_reader names(reader, reader.path("/sys/class/hwmon/", each.folder, below));
  while (const auto name = names.next()) {
    if (const auto number = channel_of(*name, "temp")) {
      any = true;
      add(reader.files(), each, below, "temp", *number, found.temperatures, found,
          found.more_temperatures,
          [&](std::int64_t told, const channel_files& files, temperature& into) {
            const auto celsius = chip_celsius(each.kind, told);
            if (!celsius) return false;
            into.celsius = *celsius;
            for (const std::string_view which : {"_crit", "_max"}) {
              if (into.limit) break;
              if (const auto limit = files.number(which)) into.limit = celsius_limit(*limit);
            }
            return true;
          });
    } else if (const auto turning = channel_of(*name, "fan")) {
      any = true;
      add(reader.files(), each, below, "fan", *turning, found.fans, found, found.more_fans,
          [](std::int64_t told, const channel_files&, fan& into) {
            const auto turns = fan_turns(told);
            into.turns = turns.value_or(0);
            return turns.has_value();
          });
    }
  }
  return any;
}

/// A driver that serves both folders spells its name with '_' in one and '-' in the other.
bool is_known(const chips& known, std::string_view type) noexcept {
  const auto same = [](char a, char b) { return a == b || (a == '_' && b == '-'); };
  return std::any_of(known.begin(), known.end(), [&](const chip& each) {
    const std::string_view name = each.kind;
    return std::equal(name.begin(), name.end(), type.begin(), type.end(), same);
  });
}

void read_zone(file_reader& reader, std::string_view folder, const chips& known,
               findings& found) noexcept {
  constexpr std::string_view start = "thermal_zone";
  if (!folder.starts_with(start)) return;
  char buffer[64];
  const auto type = reader.line(reader.path("/sys/class/thermal/", folder, "/type"), buffer);
  if (!type || is_known(known, *type)) return;
  channel<temperature> zone;
  zone.number = to_number<std::uint16_t>(folder.substr(start.size())).value_or(0);
  zone.reading.name = shown<48>(*type);
  file_reader input(reader.files());
  const auto told = input.number(reader.path("/sys/class/thermal/", folder, "/temp"));
  const auto celsius = told ? zone_celsius(*told) : std::nullopt;
  if (celsius) {
    zone.reading.celsius = *celsius;
    zone.state = channel<temperature>::told;
  } else if (input.failed()) {
    zone.state = channel<temperature>::unread;
  }
  found.exhausted = found.exhausted || input.exhausted();
  if (!found.temperatures.push_back(zone) && celsius) ++found.more_temperatures;
}

/// Puts `suffix(channel)` behind all names that are not the only ones.
template <class Channels, class Suffix>
void tell_apart(Channels& channels, const Suffix& suffix) noexcept {
  const auto* const end = channels.end();
  for (auto* each = channels.begin(); each != end; ++each) {
    const auto before = each->reading.name;
    bool alone = true;
    for (auto* other = each + 1; other != end; ++other) {
      if (!(other->reading.name == before)) continue;
      other->reading.name = with<48>(before, suffix(*other));
      alone = false;
    }
    if (!alone) each->reading.name = with<48>(before, suffix(*each));
  }
}

/// The channels that told something and, as they were, those that could not be read; by name.
template <class Reading, std::size_t N>
void publish(musubi::list<channel<Reading>, most_channels>& channels,
             const musubi::list<Reading, N>& before, musubi::list<Reading, N>& into,
             std::uint16_t& hidden) noexcept {
  // In an order that the file system does not decide.
  std::sort(channels.begin(), channels.end(), [](const auto& a, const auto& b) {
    const auto order = a.reading.name <=> b.reading.name;
    return order != 0 ? order < 0 : a.number < b.number;
  });
  tell_apart(channels, [](const channel<Reading>& each) { return musubi::decimal(each.number); });
  std::uint16_t place = 0;  // two chips of equal channels, and nothing that tells them apart
  tell_apart(channels,
             [&](const channel<Reading>&) { return musubi::text<11>::clipped("#", ++place); });
  std::sort(channels.begin(), channels.end(),
            [](const auto& a, const auto& b) { return a.reading.name < b.reading.name; });
  for (const auto& each : channels) {
    Reading reading = each.reading;
    if (each.state == channel<Reading>::absent) continue;
    if (each.state == channel<Reading>::unread) {
      const auto* known = std::find_if(before.begin(), before.end(), [&](const Reading& other) {
        return other.name == reading.name;
      });
      if (known == before.end()) continue;
      reading = *known;
      reading.stale = true;
    }
    if (!into.push_back(reading)) ++hidden;
  }
}

/// Beyond what any thermometer of a machine shows, there is none.
constexpr std::int64_t coldest = -100'000;
constexpr std::int64_t hottest = 250'000;

float degrees(std::int64_t told) noexcept {
  return tenths(static_cast<double>(told) / 1000.0);
}

}  // namespace

std::optional<float> chip_celsius(std::string_view chip, std::int64_t told) noexcept {
  if (told < coldest || told > hottest) return std::nullopt;
  // The ends of what eight bits hold, which an open input gives; what it87 gives for one that the
  // firmware has switched off.
  if ((told >= 127'000 && told < 128'000) || told == -55'000) return std::nullopt;
  // A one-wire thermometer that lost its power in the middle starts with 85.
  if (chip == "w1_slave_temp" && told == 85'000) return std::nullopt;
  return degrees(told);
}

std::optional<float> zone_celsius(std::int64_t told) noexcept {
  constexpr std::int64_t hardly_more = 200;  // whole degrees, or a fifth of one
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
  constexpr std::int64_t fastest = 60'000;  // and 16 bits full is no speed
  if (told < 0 || told > fastest) return std::nullopt;
  return static_cast<std::uint32_t>(told);
}

climate_reading climate_sensor::sample() noexcept {
  findings found;
  file_reader reader(files_);
  const chips known = find_chips(reader);
  for (const chip* each = known.begin(); each != known.end(); ++each) {
    if (read_chip(reader, *each, "", found)) continue;
    const auto shares = [&](const chip& other) {
      return !each->device.empty() && other.device == each->device;
    };
    if (std::none_of(known.begin(), each, shares)) (void)read_chip(reader, *each, "/device", found);
  }
  folder_reader folders(reader, reader.path("/sys/class/thermal"));
  while (const auto folder = folders.next()) read_zone(reader, *folder, known, found);

  if (found.exhausted || reader.exhausted()) {
    for (temperature& each : last_.temperatures) each.stale = true;
    for (fan& each : last_.fans) each.stale = true;
    return last_;
  }
  climate_reading reading;
  reading.temperatures_hidden = found.more_temperatures;
  reading.fans_hidden = found.more_fans;
  publish(found.temperatures, last_.temperatures, reading.temperatures,
          reading.temperatures_hidden);
  publish(found.fans, last_.fans, reading.fans, reading.fans_hidden);
  return last_ = reading;
}

}  // namespace gateway
