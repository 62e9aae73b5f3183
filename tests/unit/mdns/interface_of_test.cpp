#include <gtest/gtest.h>
#include <net/if.h>

#include <musubi/mdns/internal/interface_of.hpp>

namespace musubi::mdns {
namespace {

TEST(the_interface_of_an_address, is_the_one_that_has_it) {
  const int loopback = static_cast<int>(::if_nametoindex("lo"));
  ASSERT_GT(loopback, 0);
  for (const char* each : {"127.0.0.1", "127.0.0.2", "::1"}) {
    EXPECT_EQ(interface_of(each), loopback) << each;
  }
}

TEST(the_interface_of_an_address, is_not_known_where_none_has_it) {
  for (const char* each : {"", "192.0.2.7", "2001:db8::7", "no address", "1234567890123456789"}) {
    EXPECT_EQ(interface_of(each), 0) << each;
  }
}

}  // namespace
}  // namespace musubi::mdns
