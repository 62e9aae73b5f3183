#include <algorithm>
#include <gtest/gtest.h>
#include <string>

#include <musubi/hosted/listening_place.hpp>
#include <musubi/hosted/listening_urls.hpp>

namespace musubi::hosted {
namespace {

TEST(a_listening_place, is_reachable_unless_it_is_this_machines_own) {
  EXPECT_TRUE((listening_place{.bind = "0.0.0.0", .port = 80}.is_reachable()));
  EXPECT_TRUE((listening_place{.bind = "192.0.2.7", .port = 80}.is_reachable()));
  EXPECT_FALSE((listening_place{.bind = "127.0.0.1", .port = 80}.is_reachable()));
  EXPECT_FALSE((listening_place{.bind = "::1", .port = 80}.is_reachable()));
  EXPECT_FALSE((listening_place{.bind = "192.0.2.7"}.is_reachable()));
  EXPECT_FALSE((listening_place{.bind = "192.0.2.7", .unix_path = "/tmp/there"}.is_reachable()));
}

TEST(the_url_to_open, is_that_of_the_address_it_listens_on) {
  EXPECT_EQ(url_to_open({.bind = "192.0.2.7", .port = 4000}), "http://192.0.2.7:4000/");
  EXPECT_EQ(url_to_open({.bind = "2001:db8::7", .port = 443, .scheme = net::url_scheme::https}),
            "https://[2001:db8::7]:443/");
}

TEST(the_url_to_open, is_one_of_those_of_a_host_that_listens_on_all_but_not_loopback) {
  const listening_urls all("0.0.0.0", 4000);
  const auto chosen = url_to_open({.bind = "0.0.0.0", .port = 4000});
  const bool only_loopback = std::ranges::all_of(
      all.view(), [](std::string_view each) { return each.starts_with("http://127."); });
  EXPECT_EQ(chosen.empty(), only_loopback);
  EXPECT_FALSE(chosen.view().starts_with("http://127."));
  if (!only_loopback) {
    EXPECT_NE(std::ranges::find(all.view(), chosen.view()), all.view().end());
  }
}

TEST(the_url_to_open, is_none_where_no_other_machine_can_connect) {
  EXPECT_EQ(url_to_open({.bind = "127.0.0.1", .port = 4000}), "");
  EXPECT_EQ(url_to_open({.bind = "192.0.2.7"}), "");
  EXPECT_EQ(url_to_open({.unix_path = "/tmp/there"}), "");
}

}  // namespace
}  // namespace musubi::hosted
