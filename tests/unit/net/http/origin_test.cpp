#include <gtest/gtest.h>

#include <musubi/net/http/origin.hpp>

namespace musubi::net::http {
namespace {

TEST(same_host, accepts_the_page_of_the_host_itself) {
  EXPECT_TRUE(same_host("http://127.0.0.1:4000", "127.0.0.1:4000"));
  EXPECT_TRUE(same_host("http://device.local", "device.local"));
  EXPECT_TRUE(same_host("http://[::1]:4000", "[::1]:4000"));
  EXPECT_TRUE(same_host("http://[::1]", "[::1]"));
}

TEST(same_host, compares_hosts_without_case) {
  EXPECT_TRUE(same_host("http://Device.Local", "dEVICE.local"));
}

TEST(same_host, takes_a_missing_port_for_the_default_of_the_scheme) {
  EXPECT_TRUE(same_host("http://a", "a:80"));
  EXPECT_TRUE(same_host("http://a:80", "a"));
  EXPECT_TRUE(same_host("https://a", "a"));
  EXPECT_TRUE(same_host("https://a", "a:443"));
  EXPECT_FALSE(same_host("https://a", "a:80"));
  EXPECT_FALSE(same_host("http://a", "a:443"));
}

TEST(same_host, accepts_an_unknown_scheme_with_the_same_host_and_port) {
  EXPECT_TRUE(same_host("capacitor://localhost", "localhost"));
  EXPECT_TRUE(same_host("app://localhost:4000", "localhost:4000"));
  EXPECT_FALSE(same_host("app://localhost", "localhost:4000"));
}

TEST(same_host, refuses_another_host) {
  EXPECT_FALSE(same_host("http://evil.example", "device.local"));
  EXPECT_FALSE(same_host("http://device.local.evil.example", "device.local"));
  EXPECT_FALSE(same_host("http://sub.device.local", "device.local"));
  EXPECT_FALSE(same_host("http://localhost:4000", "127.0.0.1:4000"));
}

TEST(same_host, refuses_another_port) {
  EXPECT_FALSE(same_host("http://device.local:8080", "device.local:4000"));
  EXPECT_FALSE(same_host("http://device.local", "device.local:4000"));
  EXPECT_FALSE(same_host("http://[::1]:1", "[::1]:2"));
}

TEST(same_host, refuses_what_is_not_an_origin) {
  for (const char* origin :
       {"", "null", "device.local", "://device.local", "http://", "http:///",
        "http://device.local/", "http://u@device.local", "http://device.local?x",
        "http://device.local#x", "http://device.local:x", "http://device.local:99999",
        "http://device.local:0", "http://device.local:-1", "http://:80", "http://[::1",
        "http://device.local http://a", "http://device.local:80:80"}) {
    EXPECT_FALSE(same_host(origin, "device.local")) << origin;
  }
}

TEST(same_host, refuses_when_the_host_is_missing_or_malformed) {
  for (const char* host : {"", ":80", "device.local:x", "[::1"}) {
    EXPECT_FALSE(same_host("http://device.local", host)) << host;
  }
}

}  // namespace
}  // namespace musubi::net::http
