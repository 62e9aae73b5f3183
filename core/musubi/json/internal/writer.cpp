#include <musubi/json/internal/plain_run.hpp>
#include <musubi/json/internal/writer.hpp>

namespace musubi::json {

namespace {

/// Length of the well-formed multi-byte character at the start of `text`, or 0.
std::size_t character_length(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0U) != 0x80U) return 0;
  }
  // too long, half of a surrogate pair, or above U+10FFFF
  const unsigned start = lead * 256U + at(1);
  if (length == 3 && (start < 0xE0A0 || (start >= 0xEDA0 && lead == 0xED))) return 0;
  if (length == 4 && (start < 0xF090 || start >= 0xF490)) return 0;
  return length;
}

// rare: not on the stack of all other text
[[gnu::noinline]] void escape(output& out, char byte) noexcept {
  static constexpr std::string_view letters = "\"\\nrt";
  static constexpr char bytes[] = "\"\\\n\r\t";
  for (std::size_t i = 0; i != letters.size(); ++i) {
    if (bytes[i] != byte) continue;
    out.append('\\');
    return out.append(letters[i]);
  }
  static constexpr char digits[] = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(byte);
  out.append(std::string_view("\\u00"));
  out.append(digits[code >> 4U]);
  out.append(digits[code & 15U]);
}

}  // namespace

void writer::raw_literal(const char* literal) noexcept {
  raw(std::string_view(literal));
}

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
