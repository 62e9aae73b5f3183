#include "settings/settings_text.hpp"

#include "sensors/scan.hpp"

#include <cstdint>

#include <musubi/memory/decimal.hpp>

namespace gateway {
namespace {

/// Whether every byte belongs to a UTF-8 character that a text file may contain.
bool is_text(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const std::size_t length = detail::character(bytes);
    const bool space = bytes[0] == '\n' || bytes[0] == '\r' || bytes[0] == '\t';
    if (length == 0 && !space) return false;
    bytes.remove_prefix(length > 0 ? length : 1);
  }
  return true;
}

/// "line 3 (period=5): the period is 100 to 60000 milliseconds"
void complain(settings_text& about, std::uint32_t number, std::string_view line,
              std::string_view what) noexcept {
  remark made;
  (void)(made.append("line ") && made.append(musubi::decimal(number)) && made.append(" (") &&
         made.append(shown<64>(line)) && made.append("): ") && made.append(what));
  (void)about.remarks.push_back(made);
}

settings_text useless(std::string_view why) noexcept {
  settings_text made;
  made.usable = false;
  (void)made.remarks.push_back(*remark::from(why));
  return made;
}

/// Sets `key` to `value`, or returns what is wrong with it.
musubi::status take(std::string_view key, std::string_view value, settings& into,
                    bool& known) noexcept {
  if (key == "name") {
    if (value.empty()) {
      into.name.clear();
      return {};
    }
    const auto name = checked_name(value);
    if (!name) return name.error();
    into.name = *name;
    return {};
  }
  if (key == "period") {
    const auto period = to_number<std::uint32_t>(value);
    if (!period) return musubi::refuse("the period is a whole number of milliseconds");
    if (musubi::status checked = checked_period(*period); !checked.ok()) return checked;
    into.period = *period;
    return {};
  }
  known = false;
  return musubi::refuse("unknown setting");
}

}  // namespace

settings_text read_settings(std::string_view text) noexcept {
  constexpr std::string_view too_much = "it contains more than settings";
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (text.size() > settings_text::longest) return useless("it is longer than 4096 bytes");
  if (!is_text(text)) return useless("it is not UTF-8 text");

  settings_text read;
  std::uint32_t settings_found = 0;
  std::uint32_t others_found = 0;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;

    bool known = true;
    const std::size_t equals = line.find('=');
    if (line.starts_with('#')) {
      if (!(read.kept.append(line) && read.kept.append("\n"))) return useless(too_much);
      continue;
    }
    if (equals == std::string_view::npos) {
      known = false;
      complain(read, number, line, "a setting is written as key=value");
    } else {
      const musubi::status taken = take(trimmed(line.substr(0, equals)),
                                        trimmed(line.substr(equals + 1)), read.values, known);
      if (!taken.ok()) complain(read, number, line, taken.reason());
    }
    ++(known ? settings_found : others_found);
    if (!known && !(read.kept.append(line) && read.kept.append("\n"))) {
      return useless(too_much);
    }
  }
  // Probably the wrong file, which a save would destroy.
  if (settings_found == 0 && others_found > 0) return useless("no line of it is a setting");
  return read;
}

musubi::text<settings_text::longest> write_settings(
    const settings& values, const settings_text::kept_lines& kept) noexcept {
  musubi::text<settings_text::longest> made;
  static_assert(gateway_name::capacity + 32 <= settings_text::longest - settings_text::most_kept);
  (void)(made.append("name=") && made.append(values.name) && made.append("\nperiod=") &&
         made.append(musubi::decimal(values.period)) && made.append("\n") && made.append(kept));
  return made;
}

}  // namespace gateway
