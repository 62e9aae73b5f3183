#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/hosted/listening_urls.hpp>

namespace musubi::hosted {
namespace {

std::vector<std::string> urls(const listening_urls& of) {
  return {of.view().begin(), of.view().end()};
}

TEST(listening_urls, are_the_one_that_was_asked_for) {
  EXPECT_EQ(urls(listening_urls("127.0.0.1", 4000)),
            std::vector<std::string>{"http://127.0.0.1:4000/"});
  EXPECT_EQ(urls(listening_urls("2001:db8::7", 80)),
            std::vector<std::string>{"http://[2001:db8::7]:80/"});
}

TEST(listening_urls, are_of_https_where_the_host_speaks_tls) {
  EXPECT_EQ(urls(listening_urls("127.0.0.1", 443, net::url_scheme::https)),
            std::vector<std::string>{"https://127.0.0.1:443/"});
}

TEST(listening_urls, are_one_for_each_address_of_this_machine_where_all_are_meant) {
  const auto all = urls(listening_urls("0.0.0.0", 65535));
  EXPECT_EQ(all.size(), listening_addresses("0.0.0.0").view().size());
  for (const std::string& url : all) EXPECT_TRUE(url.ends_with(":65535/")) << url;
}

TEST(listening_urls, are_the_path_of_a_unix_socket) {
  EXPECT_EQ(urls(listening_urls("/run/gateway.sock")),
            std::vector<std::string>{"unix:/run/gateway.sock"});
  EXPECT_EQ(urls(listening_urls(std::string(4000, 'x'))),
            std::vector<std::string>{"a Unix socket"});
}

}  // namespace
}  // namespace musubi::hosted
