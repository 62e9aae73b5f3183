#include <gtest/gtest.h>

#include <musubi/net/http/internal/host_name.hpp>

namespace musubi::net::http {
namespace {

TEST(host_name, tells_addresses_from_names) {
  for (const char* host : {"127.0.0.1", "192.0.2.7", "0.0.0.0", "[::1]", "[2001:db8::7]"}) {
    EXPECT_TRUE(is_literal_address(host)) << host;
  }
  for (const char* host : {"", "localhost", "127.0.0.1.evil.example", "127.1", "2130706433",
                           "0x7f.0.0.1", "1.2.3.4.", "1.2.3.4.5", "evil.127.0.0.1"}) {
    EXPECT_FALSE(is_literal_address(host)) << host;
  }
}

TEST(host_name, knows_the_names_of_loopback) {
  for (const char* host :
       {"localhost", "LocalHost", "localhost.", "app.localhost", "a.b.LOCALHOST."}) {
    EXPECT_TRUE(is_loopback_name(host)) << host;
  }
  for (const char* host : {"", ".", "localhost.evil.example", "evillocalhost", "localhost..",
                           "localhos", "localhost.localdomain"}) {
    EXPECT_FALSE(is_loopback_name(host)) << host;
  }
}

TEST(host_name, compares_names_without_case_and_final_dot) {
  EXPECT_TRUE(same_name("Gateway.Example.", "gateway.example"));
  EXPECT_TRUE(same_name("gateway", "GATEWAY."));
  EXPECT_FALSE(same_name("gateway.example", "gateway"));
  EXPECT_FALSE(same_name("gateway..", "gateway"));
}

TEST(host_name, knows_the_names_of_a_device) {
  for (const char* host :
       {"gw", "GW", "gw.", "gw.local", "gw.local.", "gw.example.org", "Gw.Example.Org."}) {
    EXPECT_TRUE(is_name_of(host, "gw.example.org")) << host;
  }
  for (const char* host : {"", ".local", "local", "example.org", "gw.example", "gw.evil.example",
                           "evil.gw.local", "gw.local.evil.example", "xgw", "gw.local.local"}) {
    EXPECT_FALSE(is_name_of(host, "gw.example.org")) << host;
  }
  EXPECT_TRUE(is_name_of("gw.local", "gw"));
  EXPECT_TRUE(is_name_of("gw", "gw.local"));
}

TEST(host_name, knows_no_name_of_a_device_without_one) {
  for (const char* device : {"", ".", ".local"}) {
    EXPECT_FALSE(is_name_of("", device)) << device;
    EXPECT_FALSE(is_name_of(".local", device)) << device;
    EXPECT_FALSE(is_name_of("anything", device)) << device;
  }
}

}  // namespace
}  // namespace musubi::net::http
