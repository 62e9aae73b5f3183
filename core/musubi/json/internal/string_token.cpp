#include <cstdint>
#include <cstring>

#include <musubi/json/internal/string_token.hpp>

namespace musubi::json {

namespace {

/// Writes `code` as UTF-8 and returns the number of bytes.
std::size_t encode(std::uint32_t code, char* into) noexcept {
  if (code < 0x80) {
    *into = static_cast<char>(code);
    return 1;
  }
  const std::size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (std::size_t i = size - 1; i != 0; --i) {
    into[i] = static_cast<char>(0x80U | (code & 0x3FU));
    code >>= 6U;
  }
  *into = static_cast<char>(0xFF00U >> size | code);
  return size;
}

/// The character that a backslash and `letter` stand for.
char short_escape(char letter) noexcept {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;  // a quote, a backslash, a slash
  }
}

}  // namespace

bool string_token::pieces::next(std::string_view& piece) noexcept {
  if (left_.empty()) return false;
  if (!escaped_) {
    piece = left_;
    left_ = {};
    return true;
  }
  const char* const at = left_.data();
  if (*at != '\\') {
    const auto* end = static_cast<const char*>(std::memchr(at, '\\', left_.size()));
    piece = {at, end == nullptr ? left_.size() : static_cast<std::size_t>(end - at)};
    left_.remove_prefix(piece.size());
    return true;
  }
  std::size_t taken = 2;
  std::size_t size = 1;
  if (at[1] != 'u') {
    character_[0] = short_escape(at[1]);
  } else {
    const char* const end = at + left_.size();
    auto code = static_cast<std::uint32_t>(utf16_unit(at + 1, end));
    taken = 6;
    if (code >= 0xD800 && code <= 0xDBFF) {  // a pair, as the reader has seen
      code = 0x10000U + ((code - 0xD800U) << 10U) +
             (static_cast<std::uint32_t>(utf16_unit(at + 7, end)) - 0xDC00U);
      taken = 12;
    }
    size = encode(code, character_.data());
  }
  left_.remove_prefix(taken);
  piece = {character_.data(), size};
  return true;
}

std::size_t string_token::size() const noexcept {
  if (!escaped_) return inside_.size();
  std::size_t total = 0;
  std::string_view piece;
  for (pieces all(*this); all.next(piece);) total += piece.size();
  return total;
}

char* string_token::decode(char* into) const noexcept {
  std::string_view piece;
  for (pieces all(*this); all.next(piece); into += piece.size()) {
    std::memmove(into, piece.data(), piece.size());
  }
  return into;
}

void string_token::write(writer& out) const noexcept {
  std::string_view piece;
  for (pieces all(*this); all.next(piece);) out.characters(piece);
}

bool string_token::is(std::string_view value) const noexcept {
  std::string_view piece;
  for (pieces all(*this); all.next(piece);) {
    if (!value.starts_with(piece)) return false;
    value.remove_prefix(piece.size());
  }
  return value.empty();
}

int string_token::compare(const string_token& other) const noexcept {
  pieces mine(*this);
  pieces theirs(other);
  std::string_view a;
  std::string_view b;
  for (;;) {
    if (a.empty() && !mine.next(a)) return !b.empty() || theirs.next(b) ? -1 : 0;
    if (b.empty() && !theirs.next(b)) return 1;
    const std::size_t both = a.size() < b.size() ? a.size() : b.size();
    if (const int order = std::memcmp(a.data(), b.data(), both); order != 0) return order;
    a.remove_prefix(both);
    b.remove_prefix(both);
  }
}

}  // namespace musubi::json
