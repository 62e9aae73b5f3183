#pragma once
/// Where the lines of a log go.

#include <string_view>

#include <musubi/hosted/log_level.hpp>

namespace musubi {

/// Takes lines, from any thread.
class log_output {
 public:
  /// `line` is printable UTF-8 without its end. Must not wait, throw or log.
  virtual void write(log_level level, std::string_view line) noexcept = 0;

 protected:
  log_output() noexcept = default;
  log_output(const log_output&) = default;
  log_output& operator=(const log_output&) = default;
  ~log_output() = default;
};

/// Stderr. Where systemd's journal reads it a line begins with its priority, "<4>"; elsewhere with
/// time and level, except for a notice, which is written as it is.
///
/// It never waits: while a pipe is full, or its reader is gone, lines are left out, and their
/// number is written later. If stderr is closed when the program starts, nothing is written.
[[nodiscard]] log_output& standard_error() noexcept;

}  // namespace musubi
