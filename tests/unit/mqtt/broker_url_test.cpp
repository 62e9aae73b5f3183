#include <gtest/gtest.h>
#include <string>

#include <musubi/mqtt/broker_url.hpp>

namespace musubi::mqtt {
namespace {

std::string read(std::string_view url) {
  options into;
  const auto wrong = read_broker_url(url, into);
  if (!wrong.empty()) return "wrong";
  return std::string(into.host) + " " + std::to_string(into.port);
}

TEST(broker_url, has_a_host_and_may_have_a_port) {
  EXPECT_EQ(read("mqtt://broker.local"), "broker.local 1883");
  EXPECT_EQ(read("mqtt://192.0.2.7:4711/"), "192.0.2.7 4711");
  EXPECT_EQ(read("mqtts://broker.local"), "broker.local 8883");
  EXPECT_EQ(read("mqtt://[::1]:1884"), "::1 1884");
  EXPECT_EQ(read("mqtt://[::1]"), "::1 1883");
}

TEST(broker_url, is_nothing_else) {
  for (const char* wrong :
       {"", "broker", "http://broker", "mqtt://", "mqtt://:1", "mqtt://a:0", "mqtt://a:65536",
        "mqtt://a:b", "mqtt://a/b", "mqtt://::1", "mqtt://a:"}) {
    EXPECT_EQ(read(wrong), "wrong") << wrong;
  }
}

TEST(broker_url, says_whether_to_speak_tls) {
  options into;
  EXPECT_EQ(read_broker_url("mqtts://broker", into), "");
  EXPECT_TRUE(into.speaks_tls());
  EXPECT_EQ(read_broker_url("mqtt://broker", into), "");
  EXPECT_FALSE(into.speaks_tls());
}

TEST(broker_url, has_no_password_that_others_could_read) {
  options into;
  EXPECT_EQ(read_broker_url("mqtt://ada:secret@broker", into),
            "must not have a user and a password: others can read a command line");
}

}  // namespace
}  // namespace musubi::mqtt
