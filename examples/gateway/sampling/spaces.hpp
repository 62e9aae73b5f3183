#pragma once
/// How full the disks are: each asked for itself, because one whose device is gone may never
/// answer.

#include "sensors/disks.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <musubi/async/offload.hpp>
#include <musubi/async/task.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

/// What mounts told last, for a sensor that does not wait for them. `ask` and a look of the sensor
/// take turns. A mount that was asked and has not answered is not asked again, and its answer is
/// that it could not be read.
class spaces final : public space_source {
 public:
  /// Mounts of which the answers are known; of more, the answer is that they could not be read.
  static constexpr std::size_t most = 16;
  /// Mounts that may hang at once. Each holds a thread; with so many, no other is asked.
  static constexpr int most_hanging = 3;
  /// How long a look waits for one that is asked.
  static constexpr musubi::duration patience = std::chrono::milliseconds(200);

  /// On a host, which it may outlive: what was not answered then never is.
  spaces(const file_tree& files, space_lookup lookup) noexcept : files_(files), lookup_(lookup) {
    musubi::runtime::current()->at_end(end_);
  }

  /// A new look of the sensor begins: what it does not ask about is forgotten.
  void begin() noexcept;
  /// What is known. What is not is asked about by the next `ask`.
  [[nodiscard]] std::optional<disk_space> of(file_reader& reader, const file_path& point,
                                             const mount_entry& mount) noexcept override;

  /// Asks all mounts of the last look, each by a thread of the port's. On a host.
  [[nodiscard]] musubi::task<> ask();

 private:
  struct answer {
    std::optional<disk_space> space;
    bool failed = true;
  };
  /// Owns all that a thread needs, which may hang for longer than the sensor is there.
  struct question {
    file_tree files;
    space_lookup lookup;
    file_path point;
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    musubi::text<16> type;
    [[nodiscard]] answer operator()() const noexcept;
  };
  struct place {
    bool taken = false;
    bool wanted = false;
    std::optional<question> what;
    answer last;
    std::optional<musubi::offloaded<musubi::result<answer>>> asking;
  };

  struct end : musubi::job {
    explicit end(spaces& owner) noexcept : job(&end::came), owner_(&owner) {}
    static void came(job& self) noexcept {
      for (place& each : static_cast<end&>(self).owner_->places_) each.asking.reset();
    }
    spaces* owner_;
  };

  [[nodiscard]] place* find(const file_path& point, const mount_entry& mount) noexcept;
  [[nodiscard]] int hanging() const noexcept;

  file_tree files_;
  space_lookup lookup_;
  std::array<place, most> places_;
  end end_{*this};
};

}  // namespace gateway
