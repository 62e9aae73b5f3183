#pragma once
/// Reads the meter again and again, and writes its setting, while the host goes on serving.

#include "meter/bus.hpp"
#include "meter/sdm230.hpp"

#include <cstdint>
#include <optional>

#include <musubi/async/task.hpp>
#include <musubi/host/watch.hpp>
#include <musubi/memory/text.hpp>

namespace meter {

/// What is known of the meter.
struct knowledge {
  std::optional<measurement> last;  ///< the last one, however old
  std::optional<std::int32_t> pulse_width;
  /// Why the meter cannot be read now; empty while it can.
  musubi::text<64> problem = "the meter was not read yet";
  /// How long ago `last` was read, while there is a problem.
  std::uint32_t silent_seconds = 0;
};

/// Takes the line in turn with the commands: one request at a time is on it. Lives as long as the
/// program, because a request may take longer than the host exists.
class poller {
 public:
  poller(bus& line, musubi::duration period) noexcept : line_(&line), period_(period) {}
  poller(const poller&) = delete;
  poller& operator=(const poller&) = delete;

  /// What the stores follow.
  [[nodiscard]] musubi::watch<knowledge>& known() noexcept { return known_; }

  /// Reads the meter every period, as long as the host runs.
  musubi::task<> run();
  /// Reads it once and publishes what came of it.
  musubi::task<> read();
  /// Sets the length of a pulse in milliseconds, and publishes it when the meter has taken it.
  [[nodiscard]] musubi::task<musubi::status> set_pulse_width(std::int32_t milliseconds);

 private:
  struct contents {
    measurement now;
    std::optional<std::int32_t> pulse_width;
  };
  /// On a thread of the port.
  static musubi::result<contents> read_from(bus& line) noexcept;
  void show(const contents& found) noexcept;
  void show(const musubi::status& problem) noexcept;

  bus* line_;
  musubi::duration period_;
  musubi::watch<knowledge> known_;
  std::optional<musubi::time_point> read_at_;
};

}  // namespace meter
