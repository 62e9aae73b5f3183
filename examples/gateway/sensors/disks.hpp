#pragma once
/// The mounted disks: how full they are, and what is read and written.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// Room on a file system, as statvfs tells it.
struct disk_space {
  std::uint64_t size = 0;       ///< bytes
  std::uint64_t used = 0;       ///< bytes
  std::uint64_t available = 0;  ///< bytes that a program may still write
  std::uint64_t files = 0;      ///< files it can hold; 0 when it does not limit them
  std::uint64_t files_used = 0;
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
  std::optional<std::uint64_t> read_rate;   ///< bytes per second
  std::optional<std::uint64_t> write_rate;  ///< bytes per second
  std::optional<float> busy;                ///< percent of the time with a request under way
  std::optional<std::uint64_t> read;        ///< bytes
  std::optional<std::uint64_t> written;     ///< bytes
};

/// Of more disks than fit, the first are shown and the others counted.
struct disks_reading {
  static constexpr std::size_t most = 8;
  musubi::list<disk_reading, most> disks;
  std::uint16_t disks_hidden = 0;
};

/// Asks a file system how full it is; `mount` is below the root of the machine. A test brings its
/// own.
using space_lookup = std::optional<disk_space> (*)(const file_path& mount) noexcept;
[[nodiscard]] std::optional<disk_space> system_space(const file_path& mount) noexcept;

/// Reads /proc/self/mountinfo and /proc/diskstats and compares with the last look. Network file
/// systems are left out: asking one whose server is gone would stop the gateway.
class disks_sensor {
 public:
  explicit disks_sensor(const file_tree& files, space_lookup space = system_space) noexcept
      : files_(files), space_(space) {}
  [[nodiscard]] disks_reading sample(clock::time_point now) noexcept;
  /// All totals start again from nothing.
  void reset() noexcept;

 private:
  struct tracked {
    musubi::text<16> device;  ///< "major:minor"
    musubi::text<64> name;
    bool seen = false;
    bool counted = false;
    counter read, written, busy;
  };
  [[nodiscard]] tracked* track(std::string_view device, std::string_view name) noexcept;
  void find_mounts(disks_reading& reading) noexcept;
  void count() noexcept;

  file_tree files_;
  space_lookup space_;
  clock::time_point last_;
  musubi::list<tracked, disks_reading::most> tracked_;
};

}  // namespace gateway
