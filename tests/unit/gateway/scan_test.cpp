#include "sensors/scan.hpp"

#include <gtest/gtest.h>
#include <string>

namespace gateway {

TEST(scan, takes_words_and_numbers_off_a_line) {
  std::string_view rest = "  eth0\t12 x";
  EXPECT_EQ(take_word(rest), "eth0");
  EXPECT_EQ(take_number<int>(rest), 12);
  EXPECT_EQ(take_number<int>(rest), std::nullopt);
  EXPECT_EQ(take_word(rest), "");
}

TEST(scan, refuses_a_number_that_does_not_fit) {
  EXPECT_EQ(to_number<std::uint8_t>("256"), std::nullopt);
  EXPECT_EQ(to_number<std::uint64_t>("-1"), std::nullopt);
  EXPECT_EQ(to_number<int>(""), std::nullopt);
}

TEST(scan, trims_the_zero_that_ends_a_device_tree_string) {
  EXPECT_EQ(trimmed(std::string_view(" Raspberry Pi 4\0", 16)), "Raspberry Pi 4");
  EXPECT_EQ(trimmed(" \n"), "");
}

TEST(scan, shows_whole_characters_and_a_question_mark_for_what_is_none) {
  EXPECT_EQ(shown<16>("Gerät").view(), "Gerät");
  EXPECT_EQ(shown<16>("a\x01"
                      "b\x7F")
                .view(),
            "a?b?");
  EXPECT_EQ(shown<16>("\xC3(").view(), "?(");
  EXPECT_EQ(shown<16>("\xC0\xAF").view(), "??");            // longer than needed
  EXPECT_EQ(shown<16>("\xED\xA0\x80").view(), "???");       // a surrogate
  EXPECT_EQ(shown<16>("\xF4\x90\x80\x80").view(), "????");  // beyond Unicode
  EXPECT_EQ(shown<16>("\xC2\x85").view(), "??");            // a control character
  EXPECT_EQ(shown<16>("\xF0\x9F\x98\x80").view(), "\xF0\x9F\x98\x80");
}

TEST(scan, cuts_a_name_between_two_characters) {
  EXPECT_EQ(shown<4>("abcä").view(), "abc");
  EXPECT_EQ(shown<5>("abcä").view(), "abcä");
}

TEST(scan, gives_percent_in_tenths_and_never_more_than_a_hundred) {
  EXPECT_FLOAT_EQ(percent(1, 3), 33.3F);
  EXPECT_FLOAT_EQ(percent(5, 4), 100.0F);
  EXPECT_FLOAT_EQ(percent(1, 0), 0.0F);
}

}  // namespace gateway
