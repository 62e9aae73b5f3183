#include <gtest/gtest.h>
#include <string>

#include <musubi/qr/code.hpp>

namespace musubi::qr {
namespace {

// That it can be read is shown by tests/e2e/gateway/qr.test.ts, with a reader of its own.

TEST(a_code, has_the_marks_by_which_a_camera_finds_it) {
  const auto made = code::of("http://192.0.2.7:4000/");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->size(), 25U);  // version 2
  const std::size_t far = made->size() - 7;
  for (const auto& [left, top] : {std::pair<std::size_t, std::size_t>{0, 0}, {far, 0}, {0, far}}) {
    for (std::size_t i = 0; i < 7; ++i) {
      EXPECT_TRUE(made->is_dark(left + i, top));
      EXPECT_TRUE(made->is_dark(left, top + i));
    }
    EXPECT_FALSE(made->is_dark(left + 1, top + 1));
    EXPECT_TRUE(made->is_dark(left + 3, top + 3));
  }
}

TEST(a_code, is_light_outside) {
  const auto made = code::of("a");
  ASSERT_TRUE(made);
  EXPECT_FALSE(made->is_dark(made->size(), 0));
  EXPECT_FALSE(made->is_dark(0, made->size()));
  EXPECT_FALSE(made->is_dark(static_cast<std::size_t>(-1), 0));
}

TEST(a_code, differs_from_that_of_another_text) {
  const auto one = code::of("http://192.0.2.7:4000/");
  const auto other = code::of("http://192.0.2.8:4000/");
  ASSERT_TRUE(one && other);
  bool differs = false;
  for (std::size_t y = 0; y < one->size(); ++y) {
    for (std::size_t x = 0; x < one->size(); ++x)
      differs |= one->is_dark(x, y) != other->is_dark(x, y);
  }
  EXPECT_TRUE(differs);
}

TEST(a_code, has_room_for_a_text_of_a_fixed_length) {
  ASSERT_TRUE(code::of(std::string(code::longest, 'u')));
  EXPECT_EQ(code::of(std::string(code::longest, 'u'))->size(), 57U);
  EXPECT_FALSE(code::of(std::string(code::longest + 1, 'u')));
  EXPECT_FALSE(code::of(""));
}

}  // namespace
}  // namespace musubi::qr
