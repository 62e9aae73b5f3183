#include <gtest/gtest.h>

#include <musubi/net/internal/peer_key.hpp>

namespace musubi::net {
namespace {

TEST(key_of_peer, is_the_address_whatever_the_port) {
  EXPECT_EQ(key_of_peer("192.0.2.7:51234"), (peer_key{0xC0000207, 4}));
  EXPECT_EQ(key_of_peer("192.0.2.7"), key_of_peer("192.0.2.7:1"));
  EXPECT_FALSE(key_of_peer("192.0.2.7:1") == key_of_peer("192.0.2.8:1"));
}

TEST(key_of_peer, is_the_network_of_an_ipv6_address) {
  EXPECT_EQ(key_of_peer("[2001:db8:0:1::7]:51234"), (peer_key{0x20010db800000001, 6}));
  EXPECT_EQ(key_of_peer("2001:db8:0:1:ffff::"), key_of_peer("[2001:db8:0:1::7]:51234"));
  EXPECT_EQ(key_of_peer("[fe80::1%eth0]:80"), key_of_peer("fe80::2"));
  EXPECT_FALSE(key_of_peer("2001:db8:0:1::7") == key_of_peer("2001:db8:0:2::7"));
}

TEST(key_of_peer, takes_a_mapped_address_for_what_it_maps) {
  EXPECT_EQ(key_of_peer("[::ffff:192.0.2.7]:51234"), key_of_peer("192.0.2.7"));
}

TEST(key_of_peer, does_not_take_an_ipv4_address_for_a_network) {
  EXPECT_FALSE(key_of_peer("0.0.0.0") == key_of_peer("::"));
}

TEST(key_of_peer, is_one_for_all_that_have_no_address) {
  for (const char* peer : {"", "unix", "unknown", "memory:", "[", "a:b:x", "1.2.3:80", "_hidden"}) {
    EXPECT_EQ(key_of_peer(peer), peer_key{}) << peer;
  }
}

}  // namespace
}  // namespace musubi::net
