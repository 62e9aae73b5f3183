#include <gtest/gtest.h>
#include <ostream>

#include <musubi/net/http/internal/range.hpp>

namespace musubi::net::http {
namespace {

using kind = byte_range::kind;

void expect_part(std::string_view value, std::uint64_t length, std::uint64_t first,
                 std::uint64_t bytes) {
  const byte_range range = read_range(value, length);
  EXPECT_EQ(range.what, kind::part) << value;
  EXPECT_EQ(range.first, first) << value;
  EXPECT_EQ(range.bytes, bytes) << value;
}

TEST(a_byte_range, is_of_the_first_and_the_last_byte) {
  expect_part("bytes=0-0", 10, 0, 1);
  expect_part("bytes=2-5", 10, 2, 4);
  expect_part("BYTES=9-9", 10, 9, 1);
  expect_part("bytes= 2-5", 10, 2, 4);
}

TEST(a_byte_range, ends_with_the_content) {
  expect_part("bytes=2-10", 10, 2, 8);
  expect_part("bytes=2-", 10, 2, 8);
  expect_part("bytes=0-", 10, 0, 10);
  expect_part("bytes=0-18446744073709551615", 10, 0, 10);
  expect_part("bytes=0-99999999999999999999999", 10, 0, 10);
}

TEST(a_byte_range, may_be_of_the_last_so_many) {
  expect_part("bytes=-3", 10, 7, 3);
  expect_part("bytes=-10", 10, 0, 10);
  expect_part("bytes=-99999999999999999999999", 10, 0, 10);
}

TEST(a_byte_range, of_nothing_that_exists_cannot_be_satisfied) {
  for (const auto* value :
       {"bytes=10-", "bytes=10-12", "bytes=99999999999999999999999-", "bytes=-0"}) {
    EXPECT_EQ(read_range(value, 10).what, kind::unsatisfiable) << value;
  }
  EXPECT_EQ(read_range("bytes=0-", 0).what, kind::unsatisfiable);
  EXPECT_EQ(read_range("bytes=-1", 0).what, kind::unsatisfiable);
}

TEST(a_byte_range, in_another_form_is_ignored) {
  for (const auto* value :
       {"", "bytes", "bytes=", "bytes=-", "bytes=1", "bytes=5-2", "bytes=a-b", "bytes=1-2,4-5",
        "bytes=-1-2", "bytes=1-2-3", "bytes=+1-2", "lines=1-2", "bytes=1 - 2", "bytes=0x1-2"}) {
    EXPECT_EQ(read_range(value, 10).what, kind::all) << value;
  }
}

}  // namespace
}  // namespace musubi::net::http
