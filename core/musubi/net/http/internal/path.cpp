#include <cstddef>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/path.hpp>

namespace musubi::net::http {

bool segment_cursor::next(std::string_view& segment) noexcept {
  while (!rest_.empty()) {
    const std::size_t end = index_of(rest_, '/');
    segment = slice(rest_, 0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (!segment.empty()) return true;
  }
  return false;
}

bool same_path(std::string_view path, std::string_view prefix, const char* suffix) noexcept {
  segment_cursor given{path};
  std::string_view wanted;
  std::string_view segment;
  for (segment_cursor expected : {segment_cursor{prefix}, segment_cursor{suffix}}) {
    while (expected.next(wanted)) {
      if (!given.next(segment) || segment != wanted) return false;
    }
  }
  return !given.next(segment);
}

}  // namespace musubi::net::http
