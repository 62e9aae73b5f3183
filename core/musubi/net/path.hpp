#pragma once

#include <string_view>

/// The path of a URL, segment by segment.
namespace musubi::net::http {

/// Iterates over the segments of a path, not decoded. Empty ones are skipped, as Phoenix does: a
/// page that joins "/socket/" and "/websocket", or a proxy that joins a prefix and a path, makes
/// "/socket//websocket".
class segment_cursor {
 public:
  explicit segment_cursor(std::string_view path) noexcept : rest_{path} {}
  /// False at the end.
  [[nodiscard]] bool next(std::string_view& segment) noexcept;

 private:
  std::string_view rest_;
};

/// True when `path` has the segments of `prefix`, then those of `suffix`, and no more.
[[nodiscard]] bool same_path(std::string_view path, std::string_view prefix,
                             std::string_view suffix = {}) noexcept;

}  // namespace musubi::net::http
