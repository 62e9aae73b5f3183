#pragma once
/// The values of sensor chips, for a sensor that must not wait for a slow bus.

#include "sampling/sources.hpp"
#include "sensors/chip.hpp"
#include "sensors/file_tree.hpp"

#include <cstddef>

#include <musubi/async/task.hpp>

namespace gateway {

/// Reads each chip on a thread of its own (see `sources`): a one-wire thermometer converts for 750
/// ms, and one whose bus hangs never answers.
class chips final : public chip_source {
  struct question {
    file_tree files;
    chip_lookup lookup;
    chip_place place;
    [[nodiscard]] chip_values operator()() const noexcept {
      file_reader reader(files);
      return lookup(reader, place);
    }
    friend bool operator==(const question& a, const question& b) noexcept {
      return a.place == b.place;
    }
  };

 public:
  /// Chips and thermal zones whose values are kept. Further ones count as unreadable.
  static constexpr std::size_t most = 48;
  using buses = sources<question, most>;

  /// Construct on the thread of a host. May outlive that host.
  chips(const file_tree& files, chip_lookup lookup) noexcept : files_(files), lookup_(lookup) {}

  void begin() noexcept { buses_.begin(); }
  [[nodiscard]] const chip_values* of(const chip_place& place) noexcept override {
    return buses_.of({files_, lookup_, place});
  }
  [[nodiscard]] musubi::task<> ask() { return buses_.ask(); }

 private:
  file_tree files_;
  chip_lookup lookup_;
  buses buses_;
};

}  // namespace gateway
