#include <gtest/gtest.h>
#include <string>

#include <musubi/net/http/internal/host_url.hpp>

namespace musubi::net {
namespace {

TEST(host_url, is_what_one_types_into_a_browser) {
  EXPECT_EQ(host_url_of("127.0.0.1", 4000).view(), "http://127.0.0.1:4000/");
  EXPECT_EQ(host_url_of("192.0.2.7", 0).view(), "http://192.0.2.7:0/");
}

TEST(host_url, is_of_https_where_the_host_speaks_tls) {
  EXPECT_EQ(host_url_of("::1", 443, url_scheme::https).view(), "https://[::1]:443/");
}

TEST(host_url, has_brackets_about_an_ipv6_address) {
  EXPECT_EQ(host_url_of("::1", 65535).view(), "http://[::1]:65535/");
  EXPECT_EQ(host_url_of("2001:0db8:1111:2222:3333:4444:255.255.255.255", 65535).view(),
            "http://[2001:0db8:1111:2222:3333:4444:255.255.255.255]:65535/");
}

TEST(host_url, is_empty_where_the_address_is_too_long_to_be_one) {
  EXPECT_EQ(host_url_of(std::string(200, '1'), 80).view(), "");
}

}  // namespace
}  // namespace musubi::net
