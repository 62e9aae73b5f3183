#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/authority.hpp>

namespace musubi::net::http {
namespace {

authority read(std::string_view text) {
  authority out;
  EXPECT_TRUE(read_authority(text, out)) << text;
  return out;
}

TEST(read_authority, tells_host_and_port_apart) {
  EXPECT_EQ(read("device.local:4000").host, "device.local");
  EXPECT_EQ(read("device.local:4000").port, 4000);
  EXPECT_EQ(read("a:65535").port, 65535);
  EXPECT_EQ(read("a:0080").port, 80);
}

TEST(read_authority, needs_no_port) {
  EXPECT_EQ(read("My_Device-2").host, "My_Device-2");
  EXPECT_EQ(read("a").port, 0);
  EXPECT_EQ(read("a:").host, "a");
  EXPECT_EQ(read("a:").port, 0);
}

TEST(read_authority, needs_no_host) {
  EXPECT_EQ(read("").host, "");
  EXPECT_EQ(read(":80").port, 80);
}

TEST(read_authority, keeps_an_address_in_its_brackets) {
  EXPECT_EQ(read("[::1]").host, "[::1]");
  EXPECT_EQ(read("[fe80::1]:80").host, "[fe80::1]");
  EXPECT_EQ(read("[::ffff:1.2.3.4]:80").port, 80);
}

TEST(read_authority, refuses_what_is_no_address) {
  for (const char* text : {"[", "[]", "[::1", "[g]", "[::1]x", "[::1]]", "[[::1]", "[::1%25eth0]",
                           "::1", "a[::1]", "[::1]a:80"}) {
    authority out;
    EXPECT_FALSE(read_authority(text, out)) << text;
  }
}

TEST(read_authority, refuses_what_is_no_port) {
  for (const char* text : {"a:0", "a:65536", "a:99999999999999999999", "a:-1", "a:+1", "a: 1",
                           "a:1 ", "a:x", "a:1:2", "a::", "[::1]:x"}) {
    authority out;
    EXPECT_FALSE(read_authority(text, out)) << text;
  }
}

TEST(read_authority, refuses_every_other_character_in_a_name) {
  for (int code = 0; code < 256; ++code) {
    const char c = static_cast<char>(code);
    const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == ':';
    authority out;
    EXPECT_EQ(read_authority(std::string{"a"} + c, out), allowed) << code;
  }
}

}  // namespace
}  // namespace musubi::net::http
