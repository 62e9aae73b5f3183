#include "sensors/identity.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <iterator>

namespace gateway {
namespace {

using words = std::optional<musubi::text<64>>;

words first_line(file_reader& reader, const file_path& file) noexcept {
  char buffer[256];
  const auto line = reader.line(file, buffer);
  if (!line || line->empty()) return std::nullopt;
  return shown<64>(*line);
}

words either(words first, words second) noexcept {
  return first ? first : second;
}

/// Splits "key : value" at the first `between`; an empty key when there is none.
struct key_value {
  key_value(std::string_view line, char between) noexcept {
    const std::size_t at = line.find(between);
    if (at == std::string_view::npos) return;
    key = trimmed(line.substr(0, at));
    value = trimmed(line.substr(at + 1));
  }
  std::string_view key;
  std::string_view value;
};

/// The name of the processor, which each architecture reports under a different key.
words processor(file_reader& reader) noexcept {
  constexpr std::string_view keys[] = {"model name", "Processor", "cpu model", "cpu", "uarch"};
  words found[std::size(keys)];
  line_reader lines(reader, reader.path("/proc/cpuinfo"));
  while (const auto line = lines.next()) {
    const key_value pair(*line, ':');
    const auto* key = std::find(std::begin(keys), std::end(keys), pair.key);
    if (key == std::end(keys) || pair.value.empty()) continue;
    words& value = found[key - std::begin(keys)];
    if (!value) value = shown<64>(pair.value);
    if (key == std::begin(keys)) break;  // there is no better one
  }
  const auto* first = std::find_if(std::begin(found), std::end(found),
                                   [](const words& value) { return value.has_value(); });
  return first == std::end(found) ? std::nullopt : *first;
}

/// "Debian GNU/Linux 12 (bookworm)", or "Debian GNU/Linux 12" without a pretty name.
words system_of(file_reader& reader, const file_path& file) noexcept {
  std::optional<musubi::text<128>> pretty;
  std::optional<musubi::text<128>> name;
  std::optional<musubi::text<128>> version;
  line_reader lines(reader, file);
  while (const auto line = lines.next()) {
    const key_value pair(*line, '=');
    // As in a shell, the last value counts.
    if (pair.key == "PRETTY_NAME") pretty = unquoted(pair.value);
    if (pair.key == "NAME") name = unquoted(pair.value);
    if (pair.key == "VERSION_ID") version = unquoted(pair.value);
  }
  if (pretty) return shown<64>(*pretty);
  if (!name) return std::nullopt;
  if (version && name->append(" ")) (void)name->append(*version);
  return shown<64>(*name);
}

words board(file_reader& reader) noexcept {
  for (const std::string_view file :
       {"/sys/firmware/devicetree/base/model", "/sys/class/dmi/id/product_name",
        "/sys/class/dmi/id/board_name"}) {
    const words told = first_line(reader, reader.path(file));
    if (told && !is_placeholder(*told)) return told;
  }
  return std::nullopt;
}

/// The kernel reports the name in the caller's own namespace, so for another machine's root, its
/// /etc/hostname is used first.
words host(file_reader& reader) noexcept {
  if (!reader.files().is_own()) {
    const words told = first_line(reader, reader.path("/etc/hostname"));
    if (told && !told->view().starts_with('#') && told->view() != "localhost") return told;
  }
  return first_line(reader, reader.path("/proc/sys/kernel/hostname"));
}

}  // namespace

std::optional<musubi::text<128>> unquoted(std::string_view value) noexcept {
  musubi::text<128> made;
  char quote = '\0';
  while (!value.empty()) {
    const char c = value.front();
    value.remove_prefix(1);
    if (c == quote) {
      quote = '\0';
    } else if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (quote == '\0' && c == '#' && made.view().ends_with(' ')) {
      break;  // a comment
    } else if (c == '\\' && quote != '\'' && !value.empty()) {
      // Within double quotes, a backslash escapes only four characters.
      const char next = value.front();
      const bool escapes =
          quote == '\0' || next == '"' || next == '\\' || next == '$' || next == '`';
      if (escapes) value.remove_prefix(1);
      if (!made.append({escapes ? &next : &c, 1})) break;
    } else if (!made.append({&c, 1})) {
      break;  // more than is shown
    }
  }
  const std::string_view text = trimmed(made);
  if ((quote != '\0' && value.empty()) || text.empty()) return std::nullopt;
  return musubi::text<128>::from(text);
}

bool is_placeholder(std::string_view model) noexcept {
  constexpr std::string_view none[] = {
      "to be filled by o.e.m.",
      "to be filled by oem",
      "system product name",
      "default string",
      "not specified",
      "not applicable",
      "not available",
      "none",
      "n/a",
      "unknown",
      "oem",
      "o.e.m.",
      "type1productconfigid",
      "product name",
      "system name",
      "invalid",
      "all series",
      "empty",
      "undefined",
      "0123456789",
      "123456789",
      "...",
      ".",
      "-",
  };
  const auto same = [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
  };
  return std::any_of(std::begin(none), std::end(none), [&](std::string_view each) {
    return std::equal(each.begin(), each.end(), model.begin(), model.end(), same);
  });
}

machine_identity read_identity(const file_tree& files) noexcept {
  file_reader reader(files);
  machine_identity identity;
  identity.host = host(reader);
  identity.model = board(reader);
  identity.processor = processor(reader);
  identity.system = either(system_of(reader, reader.path("/etc/os-release")),
                           system_of(reader, reader.path("/usr/lib/os-release")));
  identity.kernel = first_line(reader, reader.path("/proc/sys/kernel/osrelease"));
  return identity;
}

}  // namespace gateway
