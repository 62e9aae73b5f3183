#include <cstdint>
#include <cstring>

#include <musubi/json/scan.hpp>

namespace musubi::json {

namespace {

bool digit(char byte) noexcept {
  return byte >= '0' && byte <= '9';
}

int hex(char byte) noexcept {
  if (digit(byte)) return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/// True when one of the eight bytes is a quote, a backslash or a control character.
bool has_special(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t highs = 0x8080808080808080U;
  // a byte of `x` is zero exactly where a high bit of (x - ones) & ~x appears first
  const auto zero_in = [](std::uint64_t x) { return (x - ones) & ~x; };
  const std::uint64_t quote = zero_in(bytes ^ (ones * '"'));
  const std::uint64_t backslash = zero_in(bytes ^ (ones * '\\'));
  const std::uint64_t control = (bytes - ones * 0x20) & ~bytes;
  return ((quote | backslash | control) & highs) != 0;
}

/// The first byte from `at` on that is a quote, a backslash or a control character, or `end`.
const char* plain_end(const char* at, const char* end) noexcept {
  std::uint64_t eight = 0;
  while (end - at >= 8) {
    std::memcpy(&eight, at, sizeof eight);
    if (has_special(eight)) break;
    at += 8;
  }
  while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
}

/// The UTF-16 unit of the `uXXXX` at `at`, or -1.
int unit(const char* at, const char* end) noexcept {
  if (end - at < 5 || *at != 'u') return -1;
  int code = 0;
  for (int i = 1; i <= 4; ++i) {
    const int value = hex(at[i]);
    if (value < 0) return -1;
    code = code * 16 + value;
  }
  return code;
}

}  // namespace

bool scanner::escape() noexcept {
  ++at_;
  if (at_ == end_) return false;
  if (std::string_view("\"\\/bfnrt").find(*at_) != std::string_view::npos) {
    ++at_;
    return true;
  }
  const int first = unit(at_, end_);
  if (first <= 0 || (first >= 0xDC00 && first <= 0xDFFF)) return false;
  at_ += 5;
  if (first < 0xD800 || first > 0xDBFF) return true;
  // a surrogate comes in a pair
  if (at_ == end_ || *at_ != '\\') return false;
  const int second = unit(at_ + 1, end_);
  if (second < 0xDC00 || second > 0xDFFF) return false;
  at_ += 6;
  return true;
}

bool scanner::string(std::string_view& inside) noexcept {
  space();
  if (at_ == end_ || *at_ != '"') return false;
  const char* begin = ++at_;
  for (;;) {
    at_ = plain_end(at_, end_);
    if (at_ == end_) return false;
    if (*at_ == '"') {
      inside = {begin, static_cast<std::size_t>(at_ - begin)};
      ++at_;
      return true;
    }
    if (*at_ != '\\' || !escape()) return false;
  }
}

bool scanner::string_or_null(std::optional<std::string_view>& inside) noexcept {
  space();
  if (at_ != end_ && *at_ == 'n') {
    inside.reset();
    return skip_word("null");
  }
  std::string_view found;
  if (!string(found)) return false;
  inside = found;
  return true;
}

bool scanner::value(std::string_view& raw) noexcept {
  space();
  const char* begin = at_;
  if (!skip_value(0)) return false;
  raw = {begin, static_cast<std::size_t>(at_ - begin)};
  return true;
}

bool scanner::skip_word(std::string_view word) noexcept {
  if (static_cast<std::size_t>(end_ - at_) < word.size()) return false;
  if (std::string_view(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

bool scanner::skip_number() noexcept {
  const auto digits = [this] {
    const char* first = at_;
    while (at_ != end_ && digit(*at_)) ++at_;
    return at_ != first;
  };
  const char* begin = at_;
  if (at_ != end_ && *at_ == '-') ++at_;
  if (at_ != end_ && *at_ == '0') {
    ++at_;
  } else if (!digits()) {
    return false;
  }
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    if (!digits()) return false;
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (!digits()) return false;
  }
  return at_ - begin <= max_number_bytes;
}

bool scanner::skip_members(int depth) noexcept {
  ++at_;
  if (take('}')) return true;
  std::string_view key;
  do {
    if (!string(key) || !take(':') || !skip_value(depth)) return false;
  } while (take(','));
  return take('}');
}

bool scanner::skip_elements(int depth) noexcept {
  ++at_;
  if (take(']')) return true;
  do {
    if (!skip_value(depth)) return false;
  } while (take(','));
  return take(']');
}

bool scanner::skip_value(int depth) noexcept {
  space();
  if (at_ == end_) return false;
  std::string_view inside;
  switch (*at_) {
    case '{':
      return depth < max_depth && skip_members(depth + 1);
    case '[':
      return depth < max_depth && skip_elements(depth + 1);
    case '"':
      return string(inside);
    case 't':
      return skip_word("true");
    case 'f':
      return skip_word("false");
    case 'n':
      return skip_word("null");
    default:
      return skip_number();
  }
}

std::string_view raw_member(std::string_view object, std::string_view key) noexcept {
  scanner scan(object);
  std::string_view found;
  std::string_view name;
  std::string_view value;
  if (!scan.take('{')) return {};
  do {
    if (!scan.string(name) || !scan.take(':') || !scan.value(value)) return found;
    if (name == key) found = value;
  } while (scan.take(','));
  return found;
}

bool well_formed(std::string_view text) noexcept {
  scanner scan(text);
  std::string_view raw;
  return scan.value(raw) && scan.finished();
}

}  // namespace musubi::json
