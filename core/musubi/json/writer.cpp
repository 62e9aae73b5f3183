#include <musubi/json/writer.hpp>
#include <musubi/memory/slice.hpp>

namespace musubi::json {

namespace {

bool plain(char byte) noexcept {
  const auto code = static_cast<unsigned char>(byte);
  return code >= 0x20 && code < 0x80 && byte != '"' && byte != '\\';
}

/// Length of the well-formed multi-byte character at the start of `text`, or 0.
std::size_t character_length(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;  // no surrogates
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;  // nothing above U+10FFFF
  }
  if (length == 0 || text.size() < length || at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((at(i) & 0xC0U) != 0x80U) return 0;
  }
  return length;
}

void escape(output& out, char byte) noexcept {
  switch (byte) {
    case '"':
      return out.append(std::string_view("\\\""));
    case '\\':
      return out.append(std::string_view("\\\\"));
    case '\n':
      return out.append(std::string_view("\\n"));
    case '\r':
      return out.append(std::string_view("\\r"));
    case '\t':
      return out.append(std::string_view("\\t"));
    default:
      break;
  }
  constexpr char digits[] = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(byte);
  const char escaped[] = {'\\', 'u', '0', '0', digits[code >> 4U], digits[code & 15U]};
  out.append(std::string_view(escaped, sizeof escaped));
}

}  // namespace

void writer::characters(std::string_view value) noexcept {
  while (!value.empty()) {
    std::size_t run = 0;
    while (run < value.size() && plain(value[run])) ++run;
    if (run != 0) out_->append(slice(value, 0, run));
    value.remove_prefix(run);
    if (value.empty()) return;
    if (static_cast<unsigned char>(value[0]) < 0x80) {
      escape(*out_, value[0]);
      value.remove_prefix(1);
    } else if (const std::size_t length = character_length(value); length != 0) {
      out_->append(slice(value, 0, length));
      value.remove_prefix(length);
    } else {
      out_->append(std::string_view("\xEF\xBF\xBD"));
      value.remove_prefix(1);
    }
  }
}

}  // namespace musubi::json
