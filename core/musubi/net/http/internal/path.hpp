#pragma once

#include <string_view>

/// The path of a URL, segment by segment.
namespace musubi::net::http {

/// Iterates over the segments of a path, not decoded. Skips empty ones, as Phoenix does: a page
/// that joins "/socket/" and "/websocket", or a proxy that adds a prefix, sends
/// "/socket//websocket".
class segment_cursor {
 public:
  explicit segment_cursor(std::string_view path) noexcept : rest_{path} {}
  /// False at the end.
  [[nodiscard]] bool next(std::string_view& segment) noexcept;

 private:
  std::string_view rest_;
};

/// True when `path` consists of the segments of `prefix` followed by those of `suffix`.
[[nodiscard]] bool same_path(std::string_view path, std::string_view prefix,
                             const char* suffix = "") noexcept;

}  // namespace musubi::net::http
