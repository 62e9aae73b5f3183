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
  musubi::text<32> device;  // "nvme0"; empty if the kernel does not report it
  musubi::text<40> name;    // unique: the device distinguishes it from others of its kind
};
using chip_list = musubi::list<chip, 32>;

/// The value of a channel, before its name has been made unique.
template <class Reading>
struct channel {
  Reading reading;
  std::uint16_t number = 0;  // the chip's
  channel_value::state_type state = channel_value::absent;
};
constexpr std::size_t most_channels = 64;

struct findings {
  musubi::list<channel<temperature>, most_channels> temperatures;
  musubi::list<channel<fan>, most_channels> fans;
  std::uint16_t more_temperatures = 0;
  std::uint16_t more_fans = 0;
  bool exhausted = false;
};

/// `name` and `more`, with `name` truncated so that both fit.
template <std::size_t N>
musubi::text<N> with(std::string_view name, std::string_view more) noexcept {
  name = musubi::whole_characters(name, N - std::min(more.size() + 1, N));
  musubi::text<N> made;
  (void)(made.append(name) && made.append(" ") && made.append(more));
  return made;
}

chip_list find_chips(file_reader& reader) noexcept {
  chip_list found;
  char buffer[128];
  folder_reader folders(reader, reader.path("/sys/class/hwmon"));
  while (const auto folder = folders.next()) {
    chip each;
    if (!each.folder.assign(*folder)) continue;
    const auto line = [&](std::string_view file) {
      return reader.line(reader.path("/sys/class/hwmon/", each.folder, file), buffer);
    };
    auto kind = line("/name");
    if (!kind) kind = line("/device/name");  // old drivers have all files there
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

/// "coretemp Core 0", or "nvme 1" if the driver provides no label.
musubi::text<48> name_of(file_reader& reader, const chip& of, const chip_place& place,
                         const channel_name& channel) noexcept {
  const musubi::decimal number(channel.number);
  const std::string_view kind = channel.kind == channel_kind::fan ? "fan" : "temp";
  char buffer[64];
  const auto label = reader.line(reader.path(place.folder, "/", kind, number, "_label"), buffer);
  return shown<48>(with<96>(of.name, label && !label->empty() ? *label : number));
}

void show(temperature& into, const channel_value& value) noexcept {
  into.celsius = value.value;
  if (value.limit != 0) into.limit = value.limit;
}
void show(fan& into, const channel_value& value) noexcept {
  into.turns = static_cast<std::uint32_t>(value.value);
}

template <class Reading>
void add(const musubi::text<48>& name, const channel_value& value,
         musubi::list<channel<Reading>, most_channels>& into, std::uint16_t& more) noexcept {
  channel<Reading> found;
  found.number = value.name.number;
  found.state = value.state;
  found.reading.name = name;
  if (value.state == channel_value::shown) show(found.reading, value);
  if (!into.push_back(found) && value.state == channel_value::shown) ++more;
}

void add(const musubi::text<48>& name, const channel_value& value, findings& found) noexcept {
  if (value.name.kind == channel_kind::fan) {
    add(name, value, found.fans, found.more_fans);
  } else {
    add(name, value, found.temperatures, found.more_temperatures);
  }
}

/// Reads the channels of one folder of a chip. Returns false if it has none.
bool look_at_chip(file_reader& reader, const chip& each, std::string_view below,
                  chip_source& source, findings& found) noexcept {
  chip_place place;
  place.kind = each.kind;
  if (!place.folder.assign("/sys/class/hwmon/") || !place.folder.append(each.folder) ||
      !place.folder.append(below)) {
    return false;
  }
  const chip_values* values = nullptr;
  bool any = false;
  folder_reader names(reader, reader.path(place.folder));
  while (const auto file = names.next()) {
    const auto channel = channel_name::of(*file);
    if (!channel) continue;
    if (!any) values = source.of(place);
    any = true;
    channel_value value{.name = *channel, .state = channel_value::unreadable};
    if (values != nullptr) value = values->of(*channel);
    file_reader labels(reader.files());
    add(name_of(labels, each, place, *channel), value, found);
    found.exhausted = found.exhausted || labels.exhausted();
  }
  found.exhausted = found.exhausted || (values != nullptr && values->exhausted);
  return any;
}

/// Whether the chip is also in hwmon. A driver that serves both folders writes its name with '_' in
/// hwmon and with '-' in thermal.
bool is_known(const chip_list& known, std::string_view type) noexcept {
  const auto same = [](char a, char b) { return a == b || (a == '_' && b == '-'); };
  return std::any_of(known.begin(), known.end(), [&](const chip& each) {
    const std::string_view name = each.kind;
    return std::equal(name.begin(), name.end(), type.begin(), type.end(), same);
  });
}

void look_at_zone(file_reader& reader, std::string_view folder, const chip_list& known,
                  chip_source& source, findings& found) noexcept {
  constexpr std::string_view start = "thermal_zone";
  if (!folder.starts_with(start)) return;
  char buffer[64];
  const auto type = reader.line(reader.path("/sys/class/thermal/", folder, "/type"), buffer);
  if (!type || is_known(known, *type)) return;
  chip_place place;
  place.is_zone = true;
  if (!place.folder.assign("/sys/class/thermal/") || !place.folder.append(folder)) return;
  const chip_values* const values = source.of(place);
  channel_value value{.name = {}, .state = channel_value::unreadable};
  if (values != nullptr) value = values->of({});
  value.name.number = to_number<std::uint16_t>(musubi::slice(folder, start.size())).value_or(0);
  add(shown<48>(*type), value, found);
  found.exhausted = found.exhausted || (values != nullptr && values->exhausted);
}

/// Appends `suffix(channel)` to all names that are not unique.
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

/// Lists by name the channels that were read and, with their last values, those that could not be.
template <class Reading, std::size_t N>
void publish(musubi::list<channel<Reading>, most_channels>& channels,
             const musubi::list<Reading, N>& before, musubi::list<Reading, N>& into,
             std::uint16_t& hidden) noexcept {
  // An order that does not depend on the file system.
  std::sort(channels.begin(), channels.end(), [](const auto& a, const auto& b) {
    const auto order = a.reading.name <=> b.reading.name;
    return order != 0 ? order < 0 : a.number < b.number;
  });
  tell_apart(channels, [](const channel<Reading>& each) { return musubi::decimal(each.number); });
  std::uint16_t place =
      0;  // for two chips with equal channels and nothing else to distinguish them
  tell_apart(channels,
             [&](const channel<Reading>&) { return musubi::text<11>::clipped("#", ++place); });
  std::sort(channels.begin(), channels.end(),
            [](const auto& a, const auto& b) { return a.reading.name < b.reading.name; });
  for (const auto& each : channels) {
    Reading reading = each.reading;
    if (each.state == channel_value::absent) continue;
    if (each.state == channel_value::unreadable) {
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

}  // namespace

climate_reading climate_sensor::sample() noexcept {
  findings found;
  file_reader reader(files_);
  const chip_list known = find_chips(reader);
  for (const chip* each = known.begin(); each != known.end(); ++each) {
    if (look_at_chip(reader, *each, "", *chips_, found)) continue;
    const auto shares = [&](const chip& other) {
      return !each->device.empty() && other.device == each->device;
    };
    if (std::none_of(known.begin(), each, shares)) {
      (void)look_at_chip(reader, *each, "/device", *chips_, found);
    }
  }
  folder_reader folders(reader, reader.path("/sys/class/thermal"));
  while (const auto folder = folders.next()) look_at_zone(reader, *folder, known, *chips_, found);

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
