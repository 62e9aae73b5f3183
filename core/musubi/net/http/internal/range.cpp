#include <algorithm>
#include <limits>

#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/list.hpp>
#include <musubi/net/http/internal/range.hpp>

namespace musubi::net::http {
namespace {

/// Reads a number, the largest possible if it is larger. False if it is none.
bool read_number(std::string_view digits, std::uint64_t& number) noexcept {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    number = number > (most - digit) / 10 ? most : number * 10 + digit;
  }
  return !digits.empty();
}

}  // namespace

byte_range read_range(std::string_view value, std::uint64_t length) noexcept {
  constexpr std::string_view unit = "bytes=";
  if (!iequals(slice(value, 0, unit.size()), unit)) return {};
  const std::string_view asked = trim(slice(value, unit.size()));
  const std::size_t dash = asked.find('-');
  if (dash == std::string_view::npos) return {};
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  const bool has_last = dash + 1 != asked.size();
  if (has_last && !read_number(slice(asked, dash + 1), last)) return {};
  if (dash == 0) {  // the last so many
    if (!has_last) return {};
    const std::uint64_t bytes = std::min(last, length);
    if (bytes == 0) return {.what = byte_range::kind::unsatisfiable};
    return {byte_range::kind::part, length - bytes, bytes};
  }
  if (!read_number(slice(asked, 0, dash), first) || (has_last && last < first)) return {};
  if (first >= length) return {.what = byte_range::kind::unsatisfiable};
  const std::uint64_t rest = length - first;
  return {byte_range::kind::part, first, has_last ? std::min(last - first, rest - 1) + 1 : rest};
}

}  // namespace musubi::net::http
