#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <musubi/tls/certificate_names.hpp>

namespace musubi::tls {
namespace {

using names = std::vector<std::string>;

TEST(certificate_names, are_those_of_the_device_and_of_loopback_and_its_address) {
  EXPECT_EQ(certificate_names({.bind = "192.168.1.7", .device_name = "cellar.example.org"}),
            (names{"cellar.example.org", "cellar", "cellar.local", "localhost", "127.0.0.1", "::1",
                   "192.168.1.7"}));
}

TEST(certificate_names, have_those_that_are_also_served_each_once) {
  EXPECT_EQ(certificate_names(
                {.bind = {}, .device_name = "cellar", .further = {"gw.example", "localhost"}}),
            (names{"cellar", "cellar.local", "gw.example", "localhost", "127.0.0.1", "::1"}));
}

TEST(certificate_names, leave_out_what_no_certificate_can_have) {
  EXPECT_EQ(
      certificate_names(
          {.bind = {}, .device_name = "my_device", .further = {"gw.example:8080", "a b", ""}}),
      (names{"localhost", "127.0.0.1", "::1"}));
}

TEST(certificate_names, have_every_address_of_this_machine_where_it_listens_on_all) {
  const names all = certificate_names({.bind = "0.0.0.0"});
  EXPECT_NE(std::ranges::find(all, "127.0.0.1"), all.end());
  EXPECT_EQ(std::ranges::find(all, "0.0.0.0"), all.end());
}

}  // namespace
}  // namespace musubi::tls
