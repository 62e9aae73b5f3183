#pragma once
/// Writes the lines of a log to a file descriptor without ever blocking.

#include <cstdint>
#include <mutex>
#include <string_view>

#include <musubi/hosted/log_output.hpp>

namespace musubi::hosted {

class framed_line;

/// See `standard_error`.
class descriptor_output final : public log_output {
 public:
  /// A `descriptor` that is not open now is never written to, because it may be reused later.
  /// `journal_stream` is the value of systemd's JOURNAL_STREAM, or null.
  descriptor_output(int descriptor, const char* journal_stream) noexcept;
  void write(log_level level, std::string_view line) noexcept override;

 private:
  void begin(framed_line& out, log_level level) const noexcept;
  [[nodiscard]] bool takes_more() const noexcept;
  [[nodiscard]] bool put(std::string_view bytes) const noexcept;

  int descriptor_;
  bool journal_ = false;
  std::mutex mutex_;
  std::uint32_t left_out_ = 0;
};

}  // namespace musubi::hosted
