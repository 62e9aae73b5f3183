#pragma once
/// Parses the table of mounts, and decides which of them are disks of this machine.

#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/text.hpp>

namespace gateway {

struct mount_entry {
  std::string_view device;  ///< "major:minor", a part of the line
  std::uint32_t major = 0;  ///< 0 for a file system that has no disk of its own
  std::uint32_t minor = 0;
  std::string_view type;     ///< the file system, a part of the line
  musubi::text<256> point;   ///< where it is mounted, decoded
  musubi::text<128> source;  ///< what is mounted, decoded
  bool read_only = false;    ///< as it is mounted there, or as a whole
};

/// A line of /proc/<pid>/mountinfo. Nothing when it is malformed or names more than fits.
[[nodiscard]] std::optional<mount_entry> parse_mount(std::string_view line) noexcept;

/// True for a file system on a disk of this machine that is not just an image file.
[[nodiscard]] bool is_local_disk(const mount_entry& mount) noexcept;

/// The kernel's name of the disk: "sda1", "dm-0", "ubi0:rootfs", "tank/data". If neither /sys nor
/// /dev knows it, the last component of the mounted source.
[[nodiscard]] musubi::text<64> disk_name(file_reader& reader, const mount_entry& mount) noexcept;

}  // namespace gateway
