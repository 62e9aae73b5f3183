#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>

#include <musubi/memory/internal/round_up.hpp>
#include <musubi/memory/internal/trailing_text.hpp>

namespace musubi {
namespace {

TEST(rounding_up, leaves_a_multiple_as_it_is) {
  EXPECT_EQ(round_up(0, 8), 0U);
  EXPECT_EQ(round_up(16, 8), 16U);
}

TEST(rounding_up, adds_what_a_multiple_lacks) {
  EXPECT_EQ(round_up(1, 8), 8U);
  EXPECT_EQ(round_up(17, 8), 24U);
  static_assert(round_up(1) == alignof(std::max_align_t));
}

TEST(a_trailing_text, stands_behind_its_object_one_string_after_the_other) {
  struct named {
    std::string_view first, none, second;
  };
  alignas(std::max_align_t) std::byte block[sizeof(named) + 7];
  auto* const made = new (block) named;
  auto names = trailing_text::behind(*made);
  {
    const char gone[] = "abcdefg";
    made->first = names.add({gone, 3});
    made->none = names.add({});
    made->second = names.add({gone + 3, 4});
  }
  EXPECT_EQ(made->first, "abc");
  EXPECT_EQ(made->none, "");
  EXPECT_EQ(made->second, "defg");
  EXPECT_EQ(static_cast<const void*>(made->first.data()), block + sizeof(named));
  EXPECT_EQ(made->second.data(), made->first.data() + 3);
}

}  // namespace
}  // namespace musubi
