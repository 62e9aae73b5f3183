/// How the address of the other end is written by the port on Asio.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <string>
#include <sys/un.h>

#include <musubi/asio/internal/peer.hpp>

namespace musubi::asio {
namespace {

template <class Address>
std::string written(const Address& address) {
  std::string text(64, '?');
  text.resize(write_peer(reinterpret_cast<const sockaddr&>(address), text));
  return text;
}

TEST(the_other_end, has_an_address_of_ipv4_and_a_port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(51234);
  ASSERT_EQ(inet_pton(AF_INET, "192.0.2.7", &address.sin_addr), 1);
  EXPECT_EQ(written(address), "192.0.2.7:51234");
}

TEST(the_other_end, has_an_address_of_ipv6_in_brackets_and_a_port) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(443);
  ASSERT_EQ(inet_pton(AF_INET6, "2001:db8::1", &address.sin6_addr), 1);
  EXPECT_EQ(written(address), "[2001:db8::1]:443");
}

TEST(the_other_end, of_a_unix_socket_has_no_address) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  EXPECT_EQ(written(address), "unix");
}

}  // namespace
}  // namespace musubi::asio
