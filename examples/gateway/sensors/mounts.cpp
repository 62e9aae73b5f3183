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
  (void)take_field(rest);
  (void)take_field(rest);
  mount.device = take_field(rest);
  (void)take_field(rest);
  const std::string_view point = take_field(rest);
  const std::string_view options = take_field(rest);
  while (!rest.empty() && take_field(rest) != "-") {
  }
  mount.type = take_field(rest);
  const std::string_view source = take_field(rest);  // may be empty, or "-"

  const std::size_t colon = mount.device.find(':');
  if (colon == std::string_view::npos || mount.type.empty() || !point.starts_with('/')) {
    return std::nullopt;
  }
  const auto major = to_number<std::uint32_t>(mount.device.substr(0, colon));
  const auto minor = to_number<std::uint32_t>(mount.device.substr(colon + 1));
  if (!major || !minor) return std::nullopt;
  mount.major = *major;
  mount.minor = *minor;
  if (!unescape(point, mount.point) || !unescape(source, mount.source)) return std::nullopt;
  // After an error, a whole disk becomes read-only, which the options of its mounts do not show.
  const auto says_so = [](std::string_view list) {
    return list == "ro" || list.starts_with("ro,");
  };
  mount.read_only = says_so(options) || says_so(take_field(rest));
  return mount;
}

bool is_local_disk(const mount_entry& mount) noexcept {
  // Images, which are always full; and file systems on raw flash or in a pool, which have no /dev
  // entry.
  constexpr std::string_view images[] = {"squashfs", "iso9660", "udf", "erofs", "cramfs", "romfs"};
  constexpr std::string_view pools[] = {"ubifs", "jffs2", "zfs", "bcachefs"};
  const auto is_in = [&](const auto& types) {
    return std::find(std::begin(types), std::end(types), mount.type) != std::end(types);
  };
  if (is_in(images)) return false;
  if (is_in(pools)) return true;
  const std::string_view source = mount.source;
  const bool is_root = mount.point.view() == "/";
  // Containers and read-only systems overlay the root with a writable folder.
  if (mount.type == "overlay") return is_root;
  if (!source.starts_with("/dev/")) return false;
  // The disk of a container may be an image file; other images are part of a disk that is shown.
  if (source.starts_with("/dev/loop")) return is_root;
  // Without a device number, as for /dev/fuse, it is not a disk, unless it is a btrfs volume.
  return mount.major != 0 || mount.type == "btrfs";
}

musubi::text<64> disk_name(file_reader& reader, const mount_entry& mount) noexcept {
  char buffer[128];
  if (mount.major != 0) {
    // 8:1 -> ../../devices/pci.../block/sda/sda1
    const auto target = reader.link_name(reader.path("/sys/dev/block/", mount.device), buffer);
    if (target) return shown<64>(*target);
  }
  const std::string_view source = mount.source;
  if (!source.starts_with("/dev/")) return shown<64>(source);
  // /dev/mapper/root -> ../dm-0
  if (const auto target = reader.link_name(reader.path(source), buffer)) return shown<64>(*target);
  return shown<64>(source.substr(source.rfind('/') + 1));
}

}  // namespace gateway
