#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/http/internal/list.hpp>

namespace musubi::net::http {
namespace {

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

constexpr bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}

/// The same for each of eight bytes.
[[maybe_unused]] constexpr std::uint64_t lower(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = ones * 0x80;
  // no byte carries into the next, so a high bit tells of its own byte alone
  const std::uint64_t low = bytes & ~highs;
  const std::uint64_t from_a = low + ones * (0x80 - 'A');
  const std::uint64_t beyond_z = low + ones * (0x7F - 'Z');
  return bytes | (from_a & ~beyond_z & ~bytes & highs) >> 2U;
}

/// All of four to eight bytes, some of them twice.
[[maybe_unused]] inline std::uint64_t four_to_eight(std::string_view text) noexcept {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::memcpy(&first, text.data(), sizeof first);
  std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
  return std::uint64_t{first} << 32U | last;
}

[[maybe_unused]] inline std::uint64_t eight_at(const char* at) noexcept {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// The tokens' characters: a bit each.
constexpr auto token_characters = [] {
  std::array<std::uint32_t, 4> made{};
  const auto add = [&made](char c) {
    made[static_cast<unsigned char>(c) / 32] |= 1U << (static_cast<unsigned char>(c) % 32);
  };
  for (char c = 'a'; c <= 'z'; ++c) add(c);
  for (char c = 'A'; c <= 'Z'; ++c) add(c);
  for (char c = '0'; c <= '9'; ++c) add(c);
  for (const char c : std::string_view{"!#$%&'*+-.^_`|~"}) add(c);
  return made;
}();

}  // namespace

bool iequals(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if constexpr (short_ways) {
    if (size >= 4 && size <= 8) return lower(four_to_eight(a)) == lower(four_to_eight(b));
    if (size > 8) {
      // the last eight together with some before them
      for (std::size_t i = 0; i < size - 8; i += 8) {
        if (lower(eight_at(a.data() + i)) != lower(eight_at(b.data() + i))) return false;
      }
      return lower(eight_at(a.data() + size - 8)) == lower(eight_at(b.data() + size - 8));
    }
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_token_char(char c) noexcept {
  const auto code = static_cast<unsigned char>(c);
  return code < 128 && (token_characters[code / 32] >> (code % 32) & 1U) != 0;
}

bool is_token(std::string_view text) noexcept {
  for (const char c : text) {
    if (!is_token_char(c)) return false;
  }
  return !text.empty();
}

std::string_view split_off(std::string_view& rest, char separator) noexcept {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    const char c = rest[end];
    if (c == '"') quoted = !quoted;
    if (c == separator && !quoted) break;
  }
  const auto part = slice(rest, 0, end);
  rest.remove_prefix(end < rest.size() ? end + 1 : end);
  return part;
}

bool list_cursor::next(std::string_view& member) noexcept {
  while (!rest_.empty()) {
    member = trim(split_off(rest_, ','));
    if (!member.empty()) return true;
  }
  return false;
}

}  // namespace musubi::net::http
