#include "sensors/mounts.hpp"

#include "sensors/scan.hpp"

#include <algorithm>
#include <iterator>

namespace gateway {
namespace {

/// Decodes the octal escapes that the kernel writes for white space and '\'.
template <std::size_t N>
bool unescape(std::string_view text, musubi::text<N>& into) noexcept {
  into.clear();
  const auto digit = [](char c) { return c >= '0' && c <= '7'; };
  while (!text.empty()) {
    if (text.size() >= 4 && text[0] == '\\' && digit(text[1]) && digit(text[2]) && digit(text[3])) {
      const int code = (text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0');
      const char byte = static_cast<char>(code);
      if (!into.append({&byte, 1})) return false;
      text.remove_prefix(4);
    } else {
      if (!into.append(text.substr(0, 1))) return false;
      text.remove_prefix(1);
    }
  }
  return true;
}

}  // namespace

/// "id parent major:minor root point options [tags...] - type source super_options"
std::optional<mount_entry> parse_mount(std::string_view line) noexcept {
  mount_entry mount;
  std::string_view rest = line;
  (void)take_word(rest);
  (void)take_word(rest);
  mount.device = take_word(rest);
  (void)take_word(rest);
  const std::string_view point = take_word(rest);
  const std::string_view options = take_word(rest);
  const std::size_t separator = rest.find(" - ");
  if (separator == std::string_view::npos || mount.device.find(':') == std::string_view::npos) {
    return std::nullopt;
  }
  rest.remove_prefix(separator + 3);
  mount.type = take_word(rest);
  const std::string_view source = take_word(rest);
  if (source.empty() || !point.starts_with('/')) return std::nullopt;
  if (!unescape(point, mount.point) || !unescape(source, mount.source)) return std::nullopt;
  mount.read_only = options == "ro" || options.starts_with("ro,");
  return mount;
}

bool is_local_disk(const mount_entry& mount) noexcept {
  // Images, which are always full; and what lies on bare flash or in a pool, which have no /dev
  // entry.
  constexpr std::string_view images[] = {"squashfs", "iso9660", "udf", "erofs"};
  constexpr std::string_view pools[] = {"ubifs", "jffs2", "zfs", "bcachefs"};
  const auto is_in = [&](const auto& types) {
    return std::find(std::begin(types), std::end(types), mount.type) != std::end(types);
  };
  if (is_in(images)) return false;
  if (is_in(pools)) return true;
  const std::string_view source = mount.source;
  // A container and a read-only system lay a writable folder over the root.
  if (mount.type == "overlay") return mount.point.view() == "/";
  return source.starts_with("/dev/") && !source.starts_with("/dev/loop");
}

musubi::text<64> disk_name(const file_tree& files, const mount_entry& mount) noexcept {
  std::string_view source = mount.source;
  if (!source.starts_with("/dev/")) return shown<64>(source);
  char buffer[128];
  // /dev/mapper/root -> ../dm-0
  if (const auto target = file_tree::link_name(files.path(source), buffer))
    return shown<64>(*target);
  return shown<64>(source.substr(source.rfind('/') + 1));
}

}  // namespace gateway
