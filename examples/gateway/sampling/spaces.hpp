#pragma once
/// The space on mounted file systems, for a sensor that must not wait for one that hangs.

#include "sampling/sources.hpp"
#include "sensors/disks.hpp"
#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>

#include <musubi/async/task.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// Queries each mount on a thread of its own (see `sources`). A mount that has not answered counts
/// as unreadable.
class spaces final : public space_source {
 public:
  /// Mounts whose answers are kept. Further ones count as unreadable.
  static constexpr std::size_t most = 16;

  /// Construct on the thread of a host. May outlive that host.
  spaces(const file_tree& files, space_lookup lookup) noexcept : files_(files), lookup_(lookup) {}

  void begin() noexcept { mounts_.begin(); }
  [[nodiscard]] std::optional<disk_space> of(file_reader& reader, const file_path& point,
                                             const mount_entry& mount) noexcept override;
  [[nodiscard]] musubi::task<> ask() { return mounts_.ask(); }

 private:
  struct answer {
    std::optional<disk_space> space;
    bool failed = true;
  };
  struct question {
    file_tree files;
    space_lookup lookup;
    file_path point;
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    musubi::text<16> type;
    [[nodiscard]] answer operator()() const noexcept;
    friend bool operator==(const question& a, const question& b) noexcept {
      return a.point == b.point && a.major == b.major && a.minor == b.minor;
    }
  };

 public:
  using mounts = sources<question, most>;

 private:
  file_tree files_;
  space_lookup lookup_;
  mounts mounts_;
};

}  // namespace gateway
