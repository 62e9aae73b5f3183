#pragma once
/// One line of /proc/self/mountinfo, and which of them are disks of this machine.

#include "sensors/file_tree.hpp"

#include <optional>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

struct mount_entry {
  std::string_view device;   ///< "major:minor", a part of the line
  std::string_view type;     ///< the file system, a part of the line
  musubi::text<256> point;   ///< where it is mounted, decoded
  musubi::text<128> source;  ///< what is mounted, decoded
  bool read_only = false;
};

/// Nothing when the line is malformed or names more than fits.
[[nodiscard]] std::optional<mount_entry> parse_mount(std::string_view line) noexcept;

/// True for a file system that lies on a disk of this machine and is no mere image file.
[[nodiscard]] bool is_local_disk(const mount_entry& mount) noexcept;

/// The kernel's name of the disk: "sda1", "dm-0", "ubi0:rootfs", "tank/data".
[[nodiscard]] musubi::text<64> disk_name(const file_tree& files, const mount_entry& mount) noexcept;

}  // namespace gateway
