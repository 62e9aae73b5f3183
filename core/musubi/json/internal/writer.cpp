#include <musubi/json/internal/plain_run.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::json {

namespace {

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

void writer::scaled_number(std::int32_t number, unsigned decimals) noexcept {
  char* const begin = out_->reserve(number_bytes);
  if (begin == nullptr) return;
  char* at = begin;
  auto rest = static_cast<std::uint32_t>(number);
  if (number < 0) {
    *at++ = '-';
    rest = 0U - rest;
  }
  std::uint32_t scale = 1;
  for (; decimals != 0 && rest % 10 == 0; --decimals) rest /= 10;
  for (unsigned i = 0; i != decimals; ++i) scale *= 10;
  at = musubi::detail::put_decimal(at, rest / scale);
  if (decimals != 0) *at++ = '.';
  while (decimals-- != 0) {
    rest %= scale;
    scale /= 10;
    *at++ = static_cast<char>('0' + rest / scale);
  }
  out_->commit(at);
}

void writer::characters(std::string_view value) noexcept {
  const char* at = value.data();
  const char* const end = at + value.size();
  for (;;) {
    const char* const run = plain_end<run_of::ascii>(at, end);
    if (run != at) out_->append({at, static_cast<std::size_t>(run - at)});
    if (run == end) return;
    at = run;
    const std::string_view left(at, static_cast<std::size_t>(end - at));
    if (static_cast<unsigned char>(*at) < 0x80) {
      escape(*out_, *at);
      ++at;
    } else if (const std::size_t length = character_length(left); length != 0) {
      out_->append({at, length});
      at += length;
    } else {
      out_->append(std::string_view("\xEF\xBF\xBD"));
      ++at;
    }
  }
}

}  // namespace musubi::json
