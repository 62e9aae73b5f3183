#pragma once
/// The processes that keep the processor busy.

#include "sensors/counter.hpp"
#include "sensors/file_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

#include <musubi/memory/list.hpp>
#include <musubi/memory/safe_integer.hpp>
#include <musubi/memory/text.hpp>

namespace gateway {

struct process {
  std::uint32_t pid = 0;
  musubi::text<16> name;
  std::optional<float> busy;  ///< percent of one core; absent until there are two looks to compare
  musubi::safe_integer memory = 0;  ///< bytes resident
};

/// The busiest processes, busiest first. Processes that the sensor does not track are only counted.
struct processes_reading {
  static constexpr std::string_view module = "Gateway.Processes";
  static constexpr std::size_t most = 8;
  musubi::list<process, most> busiest;
  std::uint32_t total = 0;
  std::uint32_t unwatched = 0;  ///< how many of `total` were not read
  bool stale = false;           ///< of an earlier look: the last one could not read it
  std::uint32_t age = 0;        ///< seconds since it was read, while it is stale
};

/// The text of /proc/<pid>/stat.
struct process_line {
  std::string_view name;      ///< a part of the text; any bytes
  std::uint64_t ticks = 0;    ///< user and system
  std::uint64_t started = 0;  ///< in ticks since the machine started
  std::uint64_t pages = 0;    ///< resident
};
[[nodiscard]] std::optional<process_line> parse_process(std::string_view text) noexcept;

/// Reads /proc/<pid>/stat of every process, a few at a time: call `begin`, then `step` until it
/// returns false, then `reading`.
class processes_sensor {
 public:
  static constexpr std::size_t watched = 1024;  ///< most processes to track

  explicit processes_sensor(const file_tree& files) noexcept;
  processes_sensor(const processes_sensor&) = delete;
  processes_sensor& operator=(const processes_sensor&) = delete;
  void begin(clock::time_point now) noexcept;
  /// Reads up to `processes` more; returns false when all have been read.
  [[nodiscard]] bool step(std::size_t processes) noexcept;
  /// The result of the last complete look; stale if a later one could not be completed.
  [[nodiscard]] const processes_reading& reading() const noexcept { return reading_; }

 private:
  struct seen {
    std::uint32_t pid = 0;
    std::uint64_t started = 0;  // pids are reused; together with this, they are unique
    std::uint64_t ticks = 0;
  };
  using watch_list = musubi::list<seen, watched>;

  void visit(std::uint32_t pid) noexcept;
  void rank(const process& found) noexcept;
  [[nodiscard]] std::optional<std::uint64_t> ticks_before(const seen& now) const noexcept;
  void finish() noexcept;

  file_tree files_;
  file_reader reader_{files_};
  folder_reader names_{reader_};
  std::uint64_t ticks_per_second_;
  std::uint64_t page_size_;
  clock::time_point last_;
  clock::time_point next_look_;
  double elapsed_ = 0;  // seconds; 0 at the first look
  watch_list lists_[2];
  watch_list* now_ = &lists_[0];
  watch_list* before_ = &lists_[1];
  processes_reading next_;
  processes_reading reading_;
};

}  // namespace gateway
