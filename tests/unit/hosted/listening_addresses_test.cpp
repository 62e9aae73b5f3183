#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/hosted/listening_addresses.hpp>

namespace musubi::hosted {
namespace {

std::vector<std::string> addresses(std::string_view bind) {
  const listening_addresses all(bind);
  return {all.view().begin(), all.view().end()};
}

TEST(listening_addresses, are_the_one_that_was_asked_for) {
  EXPECT_EQ(addresses("127.0.0.1"), std::vector<std::string>{"127.0.0.1"});
  EXPECT_EQ(addresses("2001:db8::7"), std::vector<std::string>{"2001:db8::7"});
}

TEST(listening_addresses, are_those_of_this_machine_where_all_are_meant) {
  for (const char* every : {"0.0.0.0", "::", "*"}) {
    const auto all = addresses(every);
    ASSERT_FALSE(all.empty());
#if defined(__linux__)
    EXPECT_NE(std::ranges::find(all, "127.0.0.1"), all.end()) << every;
#endif
  }
}

TEST(listening_addresses, are_none_where_it_is_too_long_to_be_one) {
  EXPECT_EQ(addresses(std::string(200, '1')), std::vector<std::string>());
}

}  // namespace
}  // namespace musubi::hosted
