#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/net/internal/utf8.hpp>

namespace musubi::net {
namespace {

using namespace std::string_literals;

// Feeds `text` in two pieces, cut at `cut`.
bool valid_in_two_pieces(const std::string& text, std::size_t cut) {
  const auto bytes = std::as_bytes(std::span{text});
  utf8_validator validator;
  return validator.feed(bytes.first(cut)) && validator.feed(bytes.subspan(cut)) &&
         validator.complete();
}

const std::vector<std::string> well_formed = {
    "",
    "plain ascii, longer than one word of eight bytes",
    "\x00 is a character too"s,
    "κόσμε",
    "\xC2\x80",
    "\xDF\xBF",
    "\xE0\xA0\x80",
    "\xED\x9F\xBF",
    "\xEE\x80\x80",
    "\xEF\xBF\xBF",
    "\xF0\x90\x80\x80",
    "\xF4\x8F\xBF\xBF",
    "12345678\xF0\x9F\x8D\xB5"
    "12345678",
};

const std::vector<std::string> ill_formed = {
    "\x80",  // continuation first
    "\xBF",
    "\xC0\xAF",  // overlong
    "\xC1\xBF",
    "\xE0\x80\xAF",
    "\xE0\x9F\xBF",
    "\xF0\x80\x80\xAF",
    "\xF0\x8F\xBF\xBF",
    "\xED\xA0\x80",  // surrogates
    "\xED\xBF\xBF",
    "\xF4\x90\x80\x80",  // beyond U+10FFFF
    "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80\x80",
    "\xFE",
    "\xFF",
    "\xC3(",  // continuation missing
    "\xE2\x82(",
    "\xF0\x9F\x8D(",
    "12345678"
    "12345678"
    "1234\xFF"
    "678",
    "\xCE\xBA\xE1\xBD\xB9\xCF\x83\xCE\xBC\xCE\xB5\xED\xA0\x80"
    "edited",
};

const std::vector<std::string> cut_short = {"\xC3",     "\xE2",         "\xE2\x82",    "\xF0",
                                            "\xF0\x9F", "\xF0\x9F\x8D", "12345678\xC3"};

TEST(utf8, accepts_well_formed_text_cut_anywhere) {
  for (const auto& text : well_formed) {
    EXPECT_TRUE(is_utf8(text)) << text;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      EXPECT_TRUE(valid_in_two_pieces(text, cut)) << text << " at " << cut;
    }
  }
}

TEST(utf8, refuses_ill_formed_text_cut_anywhere) {
  for (const auto& text : ill_formed) {
    EXPECT_FALSE(is_utf8(text)) << text;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      EXPECT_FALSE(valid_in_two_pieces(text, cut)) << text << " at " << cut;
    }
  }
}

TEST(utf8, an_open_character_is_not_complete_but_not_yet_wrong) {
  for (const auto& text : cut_short) {
    utf8_validator validator;
    EXPECT_TRUE(validator.feed(std::as_bytes(std::span{text})));
    EXPECT_FALSE(validator.complete());
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(utf8, refuses_at_the_first_byte_that_shows_it) {
  utf8_validator validator;
  const std::string lead = "\xED";
  const std::string surrogate = "\xA0";
  EXPECT_TRUE(validator.feed(std::as_bytes(std::span{lead})));
  EXPECT_FALSE(validator.feed(std::as_bytes(std::span{surrogate})));
}

TEST(utf8, starts_afresh_after_reset) {
  utf8_validator validator;
  const std::string open = "\xF0\x9F";
  ASSERT_TRUE(validator.feed(std::as_bytes(std::span{open})));
  validator.reset();
  EXPECT_TRUE(validator.complete());
  const std::string text = "ok";
  EXPECT_TRUE(validator.feed(std::as_bytes(std::span{text})));
}

TEST(utf8, agrees_with_the_definition_for_every_pair_of_bytes) {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second)};
      const bool two_ascii = first < 0x80 && second < 0x80;
      const bool one_pair = first >= 0xC2 && first <= 0xDF && second >= 0x80 && second <= 0xBF;
      EXPECT_EQ(is_utf8(text), two_ascii || one_pair) << first << ' ' << second;
    }
  }
}

}  // namespace
}  // namespace musubi::net
