#pragma once
/// The mounted disks: their free space, and bytes read and written.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"
#include "sensors/mounts.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// The space on a file system, as statfs reports it.
struct disk_space {
  musubi::safe_integer size = 0;       ///< bytes
  musubi::safe_integer used = 0;       ///< bytes
  musubi::safe_integer available = 0;  ///< bytes that a program may still write
  musubi::safe_integer files = 0;      ///< files it can hold; 0 when it does not limit them
  musubi::safe_integer files_used = 0;
};

/// One file system on a disk of this machine. Totals count since the gateway started or was last
/// told to reset; rates and totals are absent where the kernel does not count (a RAM-backed or
/// network disk).
struct disk_reading {
  static constexpr std::string_view module = "Gateway.Disk";
  musubi::text<64> name;  ///< the kernel's name for it
  musubi::text<96> mount;
  musubi::text<16> filesystem;
  bool read_only = false;
  disk_space space;
  std::optional<musubi::safe_integer> read_rate;   ///< bytes per second
  std::optional<musubi::safe_integer> write_rate;  ///< bytes per second
  std::optional<float> busy;                       ///< percent of the time with a request under way
  std::optional<musubi::safe_integer> read;        ///< bytes
  std::optional<musubi::safe_integer> written;     ///< bytes
  bool stale = false;     ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;  ///< seconds since it was read, while it is stale
};

/// If there are more disks than fit, the first are listed and the others counted.
struct disks_reading {
  static constexpr std::size_t most = 8;
  musubi::list<disk_reading, most> disks;
  std::uint16_t disks_hidden = 0;
};

/// A line of /proc/diskstats.
struct disk_line {
  musubi::text<16> device;  ///< "major:minor"
  std::string_view name;    ///< a part of the line
  std::uint64_t sectors_read = 0;
  std::uint64_t sectors_written = 0;
  std::uint64_t milliseconds_busy = 0;
};
[[nodiscard]] std::optional<disk_line> parse_disk(std::string_view line) noexcept;

/// Queries the space on the file system of a mount; `point` is relative to the machine's root.
/// Absent when something else is mounted there. Tests pass their own.
using space_lookup = std::optional<disk_space> (*)(file_reader& reader, const file_path& point,
                                                   const mount_entry& mount) noexcept;
/// A machine made of ordinary files has no mounts, so any folder is accepted there.
[[nodiscard]] std::optional<disk_space> system_space(file_reader& reader, const file_path& point,
                                                     const mount_entry& mount) noexcept;

/// Provides a sensor with the space on a mount. `point` and `mount` as in `space_lookup`.
class space_source {
 public:
  [[nodiscard]] virtual std::optional<disk_space> of(file_reader& reader, const file_path& point,
                                                     const mount_entry& mount) noexcept = 0;

 protected:
  ~space_source() = default;
};
/// Queries the mount when asked, and waits for it.
class space_at_once final : public space_source {
 public:
  explicit space_at_once(space_lookup lookup = system_space) noexcept : lookup_(lookup) {}
  [[nodiscard]] std::optional<disk_space> of(file_reader& reader, const file_path& point,
                                             const mount_entry& mount) noexcept override {
    return lookup_(reader, point, mount);
  }

 private:
  space_lookup lookup_;
};

/// Reads the mounts of the machine's first process, which are those of the machine even where this
/// program has a mount namespace of its own, and /proc/diskstats; compares with the last look.
/// Network file systems are left out.
class disks_sensor {
 public:
  /// `space` must outlive the sensor.
  disks_sensor(const file_tree& files, space_source& space) noexcept
      : files_(files), space_(&space) {}
  [[nodiscard]] disks_reading sample(clock::time_point now) noexcept;
  /// Asks for the space on every disk, and does nothing else.
  void find() noexcept;
  /// Resets all totals to zero.
  void reset() noexcept;

 private:
  struct tracked {
    musubi::text<16> device;  // "major:minor"
    musubi::text<64> name;    // as the mount has it
    musubi::text<64> kernel_name;
    musubi::text<256> point;
    bool seen = false;
    bool counted = false;
    std::optional<disk_space> space;
    counter sectors_read, sectors_written, milliseconds_busy;
    disk_reading reading;
  };
  [[nodiscard]] tracked* track(const mount_entry& mount, const musubi::text<64>& name) noexcept;
  [[nodiscard]] std::uint16_t find_mounts(file_reader& reader) noexcept;
  void visit(file_reader& reader, const mount_entry& mount, std::uint16_t& hidden) noexcept;
  void count(file_reader& reader, clock::time_point now) noexcept;
  void describe(tracked& known) const noexcept;

  file_tree files_;
  space_source* space_;
  musubi::list<tracked, disks_reading::most> tracked_;
  disks_reading last_;
};

}  // namespace gateway
