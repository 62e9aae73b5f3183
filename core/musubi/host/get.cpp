#include <musubi/host/get.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/path.hpp>

namespace musubi {

std::string_view get_request::segment(std::string_view name) const noexcept {
  net::http::segment_cursor wanted{route_};
  std::string_view each;
  for (std::size_t at = 0; at < segments_.size() && wanted.next(each);) {
    if (each.front() != ':') continue;
    if (slice(each, 1) == name) return segments_[at];
    ++at;
  }
  return {};
}

}  // namespace musubi
