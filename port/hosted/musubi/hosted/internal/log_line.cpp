#include <cstring>

#include <musubi/hosted/internal/log_line.hpp>
#include <musubi/memory/decimal.hpp>
#include <musubi/memory/slice.hpp>
#include <musubi/net/internal/utf8.hpp>

namespace musubi::hosted {

namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// The first character of `text`, and its size in bytes; 0 if it is not UTF-8.
struct character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;
};

character first_of(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (text.size() < bytes || !net::is_utf8(slice(text, 0, bytes))) return {};
  std::uint32_t code = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {code, bytes};
}

/// True for characters that are invisible, or change how neighbouring ones are displayed.
bool is_unprintable(std::uint32_t code) noexcept {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

}  // namespace

log_line& log_line::operator<<(const quoted& peers) noexcept {
  (void)append_whole("\"");
  const std::string_view text = whole_characters(peers.text, quoted_bytes);
  append(text, true);
  if (text.size() < peers.text.size()) (void)append_whole(ellipsis);
  (void)append_whole("\"");
  return *this;
}

void log_line::append(std::string_view text, bool within_quotes) noexcept {
  while (!text.empty() && !full_) {
    const character next = first_of(text);
    const std::size_t bytes = next.bytes == 0 ? 1 : next.bytes;
    if (next.bytes == 0) {
      append_escaped('x', static_cast<unsigned char>(text.front()), 2);
    } else if (is_unprintable(next.code)) {
      append_escaped(next.code < 0x80 ? 'x' : 'u', next.code, next.code < 0x80 ? 2 : 4);
    } else if (within_quotes && (next.code == '"' || next.code == '\\')) {
      const char escaped[] = {'\\', text.front()};
      (void)append_whole({escaped, sizeof escaped});
    } else {
      (void)append_whole(slice(text, 0, bytes));
    }
    text.remove_prefix(bytes);
  }
}

log_line& log_line::append_number(std::uint64_t number) noexcept {
  (void)append_whole(decimal(number));
  return *this;
}

bool log_line::append_escaped(char kind, std::uint32_t value, int digits) noexcept {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  char escaped[6] = {'\\', kind};
  for (int i = digits; i > 0; --i, value >>= 4U) {
    escaped[1 + i] = hexadecimal[value & 0xFU];
  }
  return append_whole({escaped, static_cast<std::size_t>(2 + digits)});
}

bool log_line::append_whole(std::string_view printable) noexcept {
  if (full_) return false;
  full_ = printable.size() > capacity - ellipsis.size() - size_;
  const std::string_view added = full_ ? ellipsis : printable;
  std::memcpy(bytes_ + size_, added.data(), added.size());
  size_ += added.size();
  return !full_;
}

}  // namespace musubi::hosted
