#include <musubi/net/http/internal/disposition.hpp>

namespace musubi::net::http {
namespace {

constexpr bool is_letter_or_digit(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// Means itself between quotes to every client, and in a file system.
constexpr bool is_plain(char c) noexcept {
  return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_' || c == ' ';
}
/// `attr-char` of RFC 8187 3.2.1, as far as names have it.
constexpr bool is_unescaped(char c) noexcept {
  return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
}

void write_plain(head_writer& out, std::string_view name) noexcept {
  out.raw("; filename=\"");
  for (const char& c : name) {
    // the bytes of a character after its first do not count
    if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
    out.raw(is_plain(c) ? std::string_view(&c, 1) : "_");
  }
  out.raw("\"");
}

void write_encoded(head_writer& out, std::string_view name) noexcept {
  constexpr std::string_view hex = "0123456789ABCDEF";
  out.raw("; filename*=UTF-8''");
  for (const char& c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unescaped(c)) {
      out.raw({&c, 1});
    } else {
      const char escape[] = {'%', hex[byte >> 4U], hex[byte & 0xFU]};
      out.raw({escape, sizeof escape});
    }
  }
}

}  // namespace

void write_disposition(head_writer& out, bool download, std::string_view file_name) noexcept {
  out.raw(download ? "Content-Disposition: attachment" : "Content-Disposition: inline");
  bool plain = true;
  for (const char c : file_name) plain = plain && is_plain(c);
  if (!file_name.empty()) write_plain(out, file_name);
  if (!plain) write_encoded(out, file_name);
  out.raw("\r\n");
}

}  // namespace musubi::net::http
