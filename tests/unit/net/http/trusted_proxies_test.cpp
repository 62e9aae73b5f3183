#include "unit/net/http/http_request.hpp"

#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/trusted_proxies.hpp>

namespace musubi::net::http {
namespace {

using testing::get;
using testing::parsed_request;

constexpr std::array<std::string_view, 4> known{"127.0.0.1", "10.0.0.0/12", "fd00::/9", "unix"};

/// Whom a request with these field lines comes from, when `peer` has sent it.
std::string client(std::string_view fields, std::string_view peer = "127.0.0.1:5",
                   forwarded_field field = forwarded_field::x_forwarded_for) {
  const parsed_request request(get("/", fields));
  return std::string(trusted_proxies(known, field).client(request, peer));
}
std::string client_7239(std::string_view fields, std::string_view peer = "127.0.0.1:5") {
  return client(fields, peer, forwarded_field::forwarded);
}

TEST(trusted_proxies, are_none_by_default) {
  const parsed_request request(get("/", "X-Forwarded-For: 192.0.2.1\r\n"));
  EXPECT_EQ(trusted_proxies().client(request, "127.0.0.1:5"), "127.0.0.1:5");
  EXPECT_FALSE(trusted_proxies().trusts("127.0.0.1:5"));
}

TEST(trusted_proxies, are_addresses_and_networks_of_both_families) {
  const trusted_proxies some(known);
  for (const auto* peer : {"127.0.0.1:80", "127.0.0.1", "[::ffff:127.0.0.1]:80", "10.0.0.1:1",
                           "10.15.255.255", "[fd12::1]:80", "fd7f::", "unix"}) {
    EXPECT_TRUE(some.trusts(peer)) << peer;
  }
  for (const auto* peer : {"127.0.0.2:80", "10.16.0.0", "[fd80::1]:80", "[::1]:80", "", "unknown",
                           "127.0.0.1.example"}) {
    EXPECT_FALSE(some.trusts(peer)) << peer;
  }
}

TEST(trusted_proxies, tell_the_client_that_they_speak_for) {
  EXPECT_EQ(client("X-Forwarded-For: 192.0.2.1\r\n"), "192.0.2.1");
  EXPECT_EQ(client("X-Forwarded-For: 192.0.2.1:4711\r\n"), "192.0.2.1:4711");
  EXPECT_EQ(client("X-Forwarded-For: 2001:db8::1\r\n"), "2001:db8::1");
  EXPECT_EQ(client("X-Forwarded-For: [2001:db8::1]:80\r\n"), "[2001:db8::1]:80");
  EXPECT_EQ(client("X-Forwarded-For: 192.0.2.1\r\n", "unix"), "192.0.2.1");
}

TEST(trusted_proxies, are_believed_about_the_last_hop_that_is_none_of_them) {
  EXPECT_EQ(client("X-Forwarded-For: 198.51.100.9, 192.0.2.1\r\n"), "192.0.2.1");
  EXPECT_EQ(client("X-Forwarded-For: 198.51.100.9, 192.0.2.1,10.0.0.1\r\n"), "192.0.2.1");
  EXPECT_EQ(client("X-Forwarded-For: 198.51.100.9\r\nX-Forwarded-For: 192.0.2.1\r\n"), "192.0.2.1");
  EXPECT_EQ(client("X-Forwarded-For: 10.0.0.2, 10.0.0.1\r\n"), "10.0.0.2");
}

TEST(trusted_proxies, alone_are_believed) {
  EXPECT_EQ(client("X-Forwarded-For: 192.0.2.1\r\n", "198.51.100.9:5"), "198.51.100.9:5");
}

TEST(trusted_proxies, are_the_client_when_they_name_none) {
  EXPECT_EQ(client(""), "127.0.0.1:5");
  EXPECT_EQ(client("X-Forwarded-For: \r\n"), "127.0.0.1:5");
  EXPECT_EQ(client("X-Forwarded-For: 192.0.2.1, unknown\r\n"), "127.0.0.1:5");
  EXPECT_EQ(client("X-Forwarded-For: 192.0.2.1, 1.2.3\r\n"), "127.0.0.1:5");
}

TEST(trusted_proxies, cannot_be_spoken_for_by_quotes) {
  EXPECT_EQ(client("X-Forwarded-For: 198.51.100.9, \", 192.0.2.1\r\n"), "192.0.2.1");
  EXPECT_EQ(client_7239("Forwarded: for=198.51.100.9;x=\", for=192.0.2.1\r\n"), "127.0.0.1:5");
  EXPECT_EQ(client_7239("Forwarded: for=\"\\\", for=198.51.100.9;x=\", for=192.0.2.1\r\n"),
            "127.0.0.1:5");
}

TEST(trusted_proxies, may_use_rfc_7239) {
  EXPECT_EQ(client_7239("Forwarded: for=192.0.2.1\r\n"), "192.0.2.1");
  EXPECT_EQ(client_7239("Forwarded: proto=https; FOR=\"[2001:db8::1]:4711\";by=10.0.0.1\r\n"),
            "[2001:db8::1]:4711");
  EXPECT_EQ(client_7239("Forwarded: for=198.51.100.9, for=192.0.2.1;proto=http, for=10.0.0.1\r\n"),
            "192.0.2.1");
  EXPECT_EQ(client_7239("Forwarded: for=198.51.100.9, for=_hidden\r\n"), "127.0.0.1:5");
  EXPECT_EQ(client_7239("Forwarded: for=198.51.100.9, proto=http\r\n"), "127.0.0.1:5");
}

TEST(trusted_proxies, are_asked_in_one_field_only) {
  EXPECT_EQ(client("Forwarded: for=192.0.2.1\r\n"), "127.0.0.1:5");
  EXPECT_EQ(client_7239("X-Forwarded-For: 192.0.2.1\r\n"), "127.0.0.1:5");
}

TEST(trusted_proxies, tell_which_of_their_addresses_is_none) {
  EXPECT_EQ(trusted_proxies(known).malformed(), "");
  for (const std::string_view wrong :
       {"localhost", "10.0.0.0/", "10.0.0.0/33", "fd00::/129", "10.0.0.0/8x", "10.0.0"}) {
    const std::array<std::string_view, 2> some{"127.0.0.1", wrong};
    EXPECT_EQ(trusted_proxies(some).malformed(), wrong);
  }
}

}  // namespace
}  // namespace musubi::net::http
