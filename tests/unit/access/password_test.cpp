#include "support/counting_allocator.hpp"

#include <gtest/gtest.h>
#include <string>

#include <musubi/access/password.hpp>

namespace musubi::access {
namespace {

constexpr unsigned quick = 4;

TEST(a_password, is_recognised_by_its_hash) {
  const auto hash = hash_password("correct horse", quick);
  ASSERT_TRUE(hash.ok()) << hash.error().reason();
  EXPECT_TRUE(is_hash(*hash));
  EXPECT_TRUE(is_password("correct horse", *hash));
  EXPECT_FALSE(is_password("correct hors", *hash));
  EXPECT_FALSE(is_password("correct horse ", *hash));
  EXPECT_FALSE(is_password("", *hash));
}

TEST(a_password, has_another_hash_each_time) {
  const auto first = hash_password("correct horse", quick);
  const auto second = hash_password("correct horse", quick);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_FALSE(*first == *second);
}

TEST(a_password, counts_up_to_its_last_byte) {
  std::string longest(longest_password, 'x');
  const auto hash = hash_password(longest, quick);
  ASSERT_TRUE(hash.ok());
  longest.back() = 'y';
  EXPECT_FALSE(is_password(longest, *hash));
  EXPECT_FALSE(hash_password(longest + "z", quick).ok());
}

TEST(a_password, is_not_cut_at_a_zero_byte) {
  const auto hash = hash_password("correct", quick);
  ASSERT_TRUE(hash.ok());
  EXPECT_FALSE(is_password(std::string_view("correct\0horse", 13), *hash));
}

TEST(a_password, is_refused_when_it_is_too_short_too_long_or_cannot_be_typed) {
  EXPECT_TRUE(check_password("12345678").ok());
  EXPECT_TRUE(check_password("schlüssel").ok());
  EXPECT_FALSE(check_password("1234567").ok());
  EXPECT_FALSE(check_password(std::string(73, 'x')).ok());
  EXPECT_FALSE(check_password("with\ttabs").ok());
}

TEST(a_password, is_of_nobody_whose_hash_is_none) {
  for (const char* hash :
       {"", "*", "*0", "!", "x", "$1$abc$def", "$2b$99$aaaaaaaaaaaaaaaaaaaaaa"}) {
    EXPECT_FALSE(is_hash(hash)) << hash;
    EXPECT_FALSE(is_password("correct horse", hash)) << hash;
  }
}

TEST(a_password, is_hashed_without_the_heap) {
  const auto hash = hash_password("correct horse", quick);
  ASSERT_TRUE(hash.ok());
  const test::heap_watch watch;
  EXPECT_TRUE(is_password("correct horse", *hash));
  EXPECT_EQ(watch.allocations(), 0U);
}

}  // namespace
}  // namespace musubi::access
