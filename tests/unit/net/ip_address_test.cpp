#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <string>

#include <musubi/net/ip_address.hpp>

namespace musubi::net {
namespace {

TEST(read_ipv4, reads_four_numbers) {
  ipv4_address out;
  ASSERT_TRUE(read_ipv4("192.0.2.7", out));
  EXPECT_EQ(out, (ipv4_address{192, 0, 2, 7}));
  EXPECT_TRUE(read_ipv4("0.0.0.0", out));
  EXPECT_TRUE(read_ipv4("255.255.255.255", out));
}

TEST(read_ipv4, refuses_every_other_form) {
  for (const char* text : {"",           "1",
                           "1.2.3",      "1.2.3.",
                           "1.2.3.4.",   "1.2.3.4.5",
                           ".1.2.3.4",   "256.1.1.1",
                           "1.2.3.1000", "01.2.3.4",
                           "1.2.3.04",   "0x7f.1",
                           "2130706433", "127.1",
                           "1.2.3.a",    "1.2.3.4a",
                           " 1.2.3.4",   "1.2.3.4 ",
                           "+1.2.3.4",   "-1.2.3.4",
                           "1..2.3",     "127.0.0.1.evil.example"}) {
    ipv4_address out;
    EXPECT_FALSE(read_ipv4(text, out)) << text;
  }
}

// The second opinion is the system's.
void compare(const std::string& text) {
  ipv6_address ours;
  in6_addr theirs;
  const bool accepted = ::inet_pton(AF_INET6, text.c_str(), &theirs) == 1;
  ASSERT_EQ(read_ipv6(text, ours), accepted) << text;
  if (accepted) {
    EXPECT_EQ(std::memcmp(ours.data(), &theirs, ours.size()), 0) << text;
  }
}

TEST(read_ipv6, agrees_with_the_system_on_every_form) {
  for (const char* text : {"",
                           ":",
                           "::",
                           ":::",
                           "::1",
                           "1::",
                           "1::2",
                           "1:2:3:4:5:6:7:8",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:",
                           ":1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7::",
                           "::2:3:4:5:6:7:8",
                           "1::3:4:5:6:7:8",
                           "1:2:3:4:5:6:7:8:9",
                           "1:2:3:4:5:6:7::8",
                           "1::2::3",
                           "::ffff:192.0.2.7",
                           "1:2:3:4:5:6:1.2.3.4",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "1:2:3:4:5:1.2.3.4",
                           "::1.2.3.4:5",
                           "1.2.3.4",
                           "::1.2.3",
                           "12345::",
                           "g::",
                           "::0001",
                           "FE80::aBcD",
                           "::1 ",
                           " ::1",
                           "1:2",
                           "2001:db8::7",
                           "[::1]",
                           "::%1",
                           "::1.2.3.256",
                           "0:0:0:0:0:0:0:0"}) {
    compare(text);
  }
}

TEST(read_ipv6, agrees_with_the_system_on_any_text_of_its_characters) {
  constexpr std::string_view pieces[] = {":",    "::",      "0", "1",    "ab",
                                         "ffff", "1.2.3.4", ".", "12345"};
  std::mt19937 random{1};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t count = random() % 18; count-- > 0;) {
      text += pieces[random() % std::size(pieces)];
      if (random() % 2 != 0) text += ':';
    }
    compare(text);
  }
}

TEST(is_loopback_address, is_one_that_only_this_machine_reaches) {
  for (const char* text : {"127.0.0.1", "127.255.255.255", "::1", "0::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback_address(text)) << text;
  }
  for (const char* text : {"", "*", "0.0.0.0", "::", "128.0.0.1", "::2", "::ffff:128.0.0.1",
                           "::127.0.0.1", "localhost", "[::1]"}) {
    EXPECT_FALSE(is_loopback_address(text)) << text;
  }
}

}  // namespace
}  // namespace musubi::net
