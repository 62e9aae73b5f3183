#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/hosted/listening_addresses.hpp>

namespace musubi::hosted {
namespace {

std::vector<std::string> urls(const listening_addresses& of) {
  return {of.view().begin(), of.view().end()};
}

TEST(listening_addresses, are_the_one_that_was_asked_for) {
  EXPECT_EQ(urls(listening_addresses("127.0.0.1", 4000)),
            std::vector<std::string>{"http://127.0.0.1:4000/"});
  EXPECT_EQ(urls(listening_addresses("2001:db8::7", 80)),
            std::vector<std::string>{"http://[2001:db8::7]:80/"});
}

TEST(listening_addresses, are_those_of_this_machine_where_all_are_meant) {
  for (const char* every : {"0.0.0.0", "::", "*"}) {
    const auto all = urls(listening_addresses(every, 65535));
    ASSERT_FALSE(all.empty());
    for (const std::string& url : all) EXPECT_TRUE(url.ends_with(":65535/")) << url;
#if defined(__linux__)
    EXPECT_NE(std::ranges::find(all, "http://127.0.0.1:65535/"), all.end()) << every;
#endif
  }
}

TEST(listening_addresses, are_the_path_of_a_unix_socket) {
  EXPECT_EQ(urls(listening_addresses("/run/gateway.sock")),
            std::vector<std::string>{"unix:/run/gateway.sock"});
  EXPECT_EQ(urls(listening_addresses(std::string(4000, 'x'))),
            std::vector<std::string>{"a Unix socket"});
}

}  // namespace
}  // namespace musubi::hosted
