#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

#include <musubi/mdns/internal/advert.hpp>

namespace musubi::mdns {
namespace {

TEST(an_advert, tells_a_page_what_it_needs_to_connect) {
  const advert plain({.bind = "0.0.0.0", .port = 4000}, {.build = "b7", .socket_path = "/live"});
  EXPECT_STREQ(plain.type(), "_http._tcp");
  EXPECT_EQ(plain.build, "build=b7");
  EXPECT_EQ(plain.path, "path=/live/websocket");
  EXPECT_EQ(plain.tls, "tls=0");
  const advert secure({.bind = "0.0.0.0", .scheme = net::url_scheme::https}, {});
  EXPECT_STREQ(secure.type(), "_https._tcp");
  EXPECT_EQ(secure.tls, "tls=1");
}

TEST(an_advert, cuts_off_what_a_txt_record_cannot_hold) {
  const std::string build(1000, 'b');
  EXPECT_EQ(advert({}, {.build = build}).build.size(), 255U);
}

TEST(an_advert, is_for_the_interface_and_the_family_of_its_address) {
  EXPECT_EQ(advert({.bind = "0.0.0.0"}, {}).address, "");
  EXPECT_EQ(advert({.bind = "0.0.0.0"}, {}).over, families::ipv4);
  EXPECT_EQ(advert({.bind = "::"}, {}).address, "");
  EXPECT_EQ(advert({.bind = "::"}, {}).over, families::any);
  EXPECT_EQ(advert({.bind = "192.0.2.7"}, {}).address, "192.0.2.7");
  EXPECT_EQ(advert({.bind = "2001:db8::7"}, {}).over, families::ipv6);
}

TEST(the_name_of_a_service, is_that_of_the_machine_if_no_other_is_wanted) {
  EXPECT_EQ(name_for("Cellar"), "Cellar");
  char machine[256] = "";
  ASSERT_EQ(::gethostname(machine, sizeof machine - 1), 0);
  const std::string label = std::string(machine).substr(0, std::string(machine).find('.'));
  EXPECT_EQ(name_for("").view(), label);
}

TEST(the_name_of_a_service, is_one_label_of_dns) {
  EXPECT_EQ(name_for(std::string(64, 'c')).view(), std::string(63, 'c'));
  EXPECT_EQ(name_for(std::string(62, 'c') + "ä").view(), std::string(62, 'c'));
}

TEST(the_next_name, counts) {
  EXPECT_EQ(next_name("Cellar"), "Cellar #2");
  EXPECT_EQ(next_name("Cellar #2"), "Cellar #3");
  EXPECT_EQ(next_name("Cellar #99"), "Cellar #100");
  EXPECT_EQ(next_name("Cellar #b"), "Cellar #b #2");
  EXPECT_EQ(next_name("Cellar #1"), "Cellar #1 #2");
}

TEST(the_next_name, fits) {
  const auto longest = name_for(std::string(63, 'c'));
  EXPECT_EQ(next_name(longest).view(), std::string(60, 'c') + " #2");
  const auto accents = name_for(std::string(1, 'c') + std::string(62, 'c').replace(58, 4, "ää"));
  EXPECT_EQ(next_name(accents).view(), std::string(59, 'c') + " #2");
}

}  // namespace
}  // namespace musubi::mdns
