#include <gtest/gtest.h>
#include <string>

#include <musubi/net/same_secret.hpp>

namespace musubi::net {
namespace {

TEST(same_secret, tells_secrets_apart_that_differ_in_one_bit) {
  const std::string secret = "0123456789abcdef";
  EXPECT_TRUE(same_secret(secret, std::string(secret)));
  for (std::size_t bit = 0; bit < secret.size() * 8; ++bit) {
    std::string other = secret;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(same_secret(secret, other)) << bit;
  }
}

TEST(same_secret, tells_secrets_apart_one_of_which_begins_with_the_other) {
  EXPECT_FALSE(same_secret("secret", "secre"));
  EXPECT_FALSE(same_secret("", "s"));
  EXPECT_TRUE(same_secret("", ""));
}

}  // namespace
}  // namespace musubi::net
