#pragma once
/// The destination of a log's lines.

#include <string_view>

#include <musubi/hosted/log_level.hpp>

namespace musubi {

/// Receives lines, from any thread.
class log_output {
 public:
  /// `line` is printable UTF-8 without a line end. Must not block, throw or log.
  virtual void write(log_level level, std::string_view line) noexcept = 0;

 protected:
  log_output() noexcept = default;
  log_output(const log_output&) = default;
  log_output& operator=(const log_output&) = default;
  ~log_output() = default;
};

/// Writes to stderr. If systemd's journal reads it, a line begins with its priority, "<4>";
/// otherwise with time and level, except for a notice, which is written unchanged.
///
/// Never blocks: while a pipe is full, or has no reader, lines are dropped and their number is
/// written later. If stderr is closed when the program starts, nothing is written.
[[nodiscard]] log_output& standard_error() noexcept;

}  // namespace musubi
