#include <gtest/gtest.h>

#include <musubi/memory/fnv1a.hpp>

namespace musubi {
namespace {

// The vectors of draft-eastlake-fnv, appendix C.
TEST(fnv1a, gives_the_published_values) {
  EXPECT_EQ(fnv1a("").hash(), 0xcbf29ce484222325U);
  EXPECT_EQ(fnv1a("a").hash(), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(fnv1a("foobar").hash(), 0x85944171f73967e8U);
}

TEST(fnv1a, takes_text_in_pieces) {
  fnv1a pieces("foo");
  pieces.add("bar");
  EXPECT_EQ(pieces.hash(), fnv1a("foobar").hash());
}

TEST(fnv1a, hashes_bytes_above_127_as_unsigned) {
  EXPECT_EQ(fnv1a("\xff").hash(), (0xcbf29ce484222325U ^ 0xffU) * 0x100000001b3U);
}

}  // namespace
}  // namespace musubi
