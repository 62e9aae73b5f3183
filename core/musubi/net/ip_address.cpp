#include <algorithm>
#include <charconv>
#include <cstddef>
#include <iterator>

#include <musubi/memory/internal/index_of.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/ip_address.hpp>

namespace musubi::net {
namespace {

/// Reads up to four hexadecimal digits from the front of `rest`; false if there are none.
bool take_group(std::string_view& rest, unsigned& out) noexcept {
  const char* const first = rest.data();
  const auto [end, error] =
      std::from_chars(first, first + std::min<std::size_t>(rest.size(), 4), out, 16);
  if (error != std::errc{}) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - first));
  return true;
}

bool take(std::string_view& rest, std::string_view prefix) noexcept {
  if (!rest.starts_with(prefix)) return false;
  rest.remove_prefix(prefix.size());
  return true;
}

}  // namespace

bool read_ipv4(std::string_view text, ipv4_address& out) noexcept {
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i != 0) {
      if (!text.starts_with('.')) return false;
      text.remove_prefix(1);
    }
    const bool zero = text.starts_with('0');
    unsigned value = 0;
    if (!take_number(text, zero ? 1 : 3, 255, value)) return false;
    out[i] = static_cast<std::uint8_t>(value);
  }
  return text.empty();
}

bool read_ipv6(std::string_view text, ipv6_address& out) noexcept {
  out = {};
  std::size_t size = 0;          // bytes read
  std::size_t gap = out.size();  // position of "::"; equal to the size: none
  if (take(text, "::")) gap = 0;
  while (!text.empty() && size < out.size()) {
    ipv4_address last;
    unsigned group = 0;
    if (size <= out.size() - last.size() && read_ipv4(text, last)) {
      std::copy(last.begin(), last.end(), out.begin() + static_cast<std::ptrdiff_t>(size));
      size += last.size();
      text = {};
      break;
    }
    if (!take_group(text, group)) return false;
    out[size++] = static_cast<std::uint8_t>(group >> 8U);
    out[size++] = static_cast<std::uint8_t>(group & 0xFFU);
    if (text.empty()) break;
    if (!take(text, ":")) return false;
    if (take(text, ":")) {
      if (gap != out.size()) return false;
      gap = size;
    } else if (text.empty()) {
      return false;
    }
  }
  if (!text.empty()) return false;
  if (gap == out.size()) return size == out.size();
  if (size == out.size()) return false;  // "::" stands for nothing
  const auto at = [&out](std::size_t index) {
    return out.begin() + static_cast<std::ptrdiff_t>(index);
  };
  std::copy_backward(at(gap), at(size), out.end());
  std::fill(at(gap), at(gap + out.size() - size), std::uint8_t{0});
  return true;
}

namespace {
constexpr std::uint8_t mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
}  // namespace

bool ip_address::is_v4() const noexcept {
  return std::equal(std::begin(mapped), std::end(mapped), bytes.begin());
}

bool read_ip(std::string_view text, ip_address& out) noexcept {
  ipv4_address v4;
  out.written_as_v4 = read_ipv4(text, v4);
  if (!out.written_as_v4) return read_ipv6(slice(text, 0, text.find('%')), out.bytes);
  const auto rest = std::copy(std::begin(mapped), std::end(mapped), out.bytes.begin());
  std::copy(v4.begin(), v4.end(), rest);
  return true;
}

bool is_loopback_address(std::string_view text) noexcept {
  if (ipv4_address v4; read_ipv4(text, v4)) return v4[0] == 127;
  constexpr ipv6_address loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  ip_address v6;
  return read_ipv6(text, v6.bytes) && (v6.bytes == loopback || (v6.is_v4() && v6.bytes[12] == 127));
}

}  // namespace musubi::net
