// What a board has in place of the C library's memcpy and its kin, compared with them.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <gtest/gtest.h>
#include <numeric>
#include <string>

namespace small {
#define memcpy small_memcpy
#define memmove small_memmove
#define memset small_memset
#define memcmp small_memcmp
#define memchr small_memchr
#define strlen small_strlen
extern "C" {
#include "../../../../port/board/musubi/board/internal/memory_functions.c"  // NOLINT
}
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen
}  // namespace small

namespace {

using bytes = std::array<unsigned char, 40>;

bytes counted() {
  bytes made{};
  std::iota(made.begin(), made.end(), static_cast<unsigned char>(1));
  return made;
}

TEST(memory_functions, copy_from_and_to_any_address) {
  alignas(8) const bytes from = counted();
  for (std::size_t to = 0; to < 5; ++to) {
    for (std::size_t at = 0; at < 5; ++at) {
      for (std::size_t size = 0; size < 24; ++size) {
        alignas(8) bytes expected{};
        alignas(8) bytes found{};
        std::memcpy(expected.data() + to, from.data() + at, size);
        EXPECT_EQ(small::small_memcpy(found.data() + to, from.data() + at, size),
                  found.data() + to);
        EXPECT_EQ(found, expected) << to << ' ' << at << ' ' << size;
      }
    }
  }
}

TEST(memory_functions, move_between_overlapping_places_in_either_direction) {
  for (std::size_t to = 0; to < 12; ++to) {
    for (std::size_t at = 0; at < 12; ++at) {
      for (std::size_t size = 0; size < 24; ++size) {
        alignas(8) bytes expected = counted();
        alignas(8) bytes found = counted();
        std::memmove(expected.data() + to, expected.data() + at, size);
        EXPECT_EQ(small::small_memmove(found.data() + to, found.data() + at, size),
                  found.data() + to);
        EXPECT_EQ(found, expected) << to << ' ' << at << ' ' << size;
      }
    }
  }
}

TEST(memory_functions, fill_with_the_low_byte_of_a_value) {
  bytes found = counted();
  EXPECT_EQ(small::small_memset(found.data() + 3, 0x1FE, 9), found.data() + 3);
  bytes expected = counted();
  std::memset(expected.data() + 3, 0xFE, 9);
  EXPECT_EQ(found, expected);
}

TEST(memory_functions, compare_by_the_first_byte_that_differs_without_sign) {
  EXPECT_EQ(small::small_memcmp("same", "same", 4), 0);
  EXPECT_EQ(small::small_memcmp("a", "b", 0), 0);
  EXPECT_LT(small::small_memcmp("abc", "abd", 3), 0);
  EXPECT_GT(small::small_memcmp("\x80", "\x7F", 1), 0);
  EXPECT_EQ(small::small_memcmp("abX", "abY", 2), 0);
}

TEST(memory_functions, find_the_first_such_byte_and_no_other) {
  const char text[] =
      "b\x80"
      "ab";
  EXPECT_EQ(small::small_memchr(text, 'b', 4), text);
  EXPECT_EQ(small::small_memchr(text, 0x180, 4), text + 1);
  EXPECT_EQ(small::small_memchr(text, 'a', 2), nullptr);
  EXPECT_EQ(small::small_memchr(text, 'x', 4), nullptr);
}

TEST(memory_functions, count_what_precedes_the_end_of_a_text) {
  EXPECT_EQ(small::small_strlen(""), 0U);
  EXPECT_EQ(small::small_strlen("four"), 4U);
}

}  // namespace
