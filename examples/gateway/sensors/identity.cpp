#include "sensors/identity.hpp"

#include "sensors/scan.hpp"

namespace gateway {
namespace {

using words = std::optional<musubi::text<64>>;

words first_line(const file_path& file) noexcept {
  char buffer[256];
  const auto line = file_tree::line(file, buffer);
  if (!line || line->empty()) return std::nullopt;
  return shown<64>(*line);
}

/// The value of the first `key` in a file of keys and values.
words value_of(const file_path& file, std::string_view key, char between) noexcept {
  line_reader lines(file);
  while (auto line = lines.next()) {
    const std::size_t at = line->find(between);
    if (at == std::string_view::npos || trimmed(line->substr(0, at)) != key) continue;
    std::string_view value = trimmed(line->substr(at + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (!value.empty()) return shown<64>(value);
  }
  return std::nullopt;
}

words either(words first, words second) noexcept {
  return first ? first : second;
}

}  // namespace

machine_identity read_identity(const file_tree& files) noexcept {
  machine_identity identity;
  identity.host = first_line(files.path("/proc/sys/kernel/hostname"));
  // A board has a device tree, a computer has a BIOS.
  identity.model = either(first_line(files.path("/sys/firmware/devicetree/base/model")),
                          first_line(files.path("/sys/class/dmi/id/product_name")));
  identity.processor = value_of(files.path("/proc/cpuinfo"), "model name", ':');
  identity.system = either(value_of(files.path("/etc/os-release"), "PRETTY_NAME", '='),
                           value_of(files.path("/usr/lib/os-release"), "PRETTY_NAME", '='));
  identity.kernel = first_line(files.path("/proc/sys/kernel/osrelease"));
  return identity;
}

}  // namespace gateway
