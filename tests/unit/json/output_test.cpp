#include <array>
#include <gtest/gtest.h>
#include <string>

#include <musubi/json/internal/output.hpp>

namespace musubi::json {
namespace {

// Hands out small windows, up to a number of them, and keeps what was written.
class windows final : public output {
 public:
  explicit windows(int count) : left_(count) {}
  std::string take() {
    flush();
    return std::exchange(text_, {});
  }

 private:
  bool make_room() noexcept override {
    flush();
    if (left_ == 0) return false;
    --left_;
    cursor_ = window_.data();
    end_ = window_.data() + window_.size();
    return true;
  }
  void flush() noexcept {
    if (cursor_ != nullptr) {
      text_.append(window_.data(), static_cast<std::size_t>(cursor_ - window_.data()));
    }
    cursor_ = end_ = window_.data();
  }
  std::array<char, output::reserve_limit> window_{};
  std::string text_;
  int left_;
};

TEST(buffer_output, takes_as_many_bytes_as_it_has) {
  char bytes[4];
  buffer_output out(bytes, sizeof bytes);
  out.append("abc");
  out.append('d');
  EXPECT_FALSE(out.failed());
  EXPECT_EQ(out.view(), "abcd");
}

TEST(buffer_output, fails_when_full_and_stays_so) {
  char bytes[4];
  buffer_output out(bytes, sizeof bytes);
  out.append("abcd");
  out.append('e');
  EXPECT_TRUE(out.failed());
  out.append("f");
  EXPECT_EQ(out.view(), "abcd");
}

TEST(buffer_output, takes_the_part_of_a_text_that_fits) {
  char bytes[4];
  buffer_output out(bytes, sizeof bytes);
  out.append("abcdef");
  EXPECT_TRUE(out.failed());
  EXPECT_EQ(out.view(), "abcd");
}

TEST(buffer_output, leaves_no_hole_where_a_reservation_failed) {
  char bytes[8];
  buffer_output out(bytes, sizeof bytes);
  out.append("ab");
  EXPECT_EQ(out.reserve(7), nullptr);
  EXPECT_TRUE(out.failed());
  out.append("cd");
  out.append('e');
  EXPECT_EQ(out.view(), "ab");
}

TEST(buffer_output, takes_nothing_as_nothing) {
  char bytes[2];
  buffer_output out(bytes, sizeof bytes);
  out.append(std::string_view());
  EXPECT_FALSE(out.failed());
  EXPECT_EQ(out.view(), "");
}

TEST(output, goes_on_in_the_next_window) {
  windows out(10);
  const std::string text(200, 'x');
  out.append("<");
  out.append(text);
  out.append('>');
  EXPECT_FALSE(out.failed());
  EXPECT_EQ(out.take(), "<" + text + ">");
}

TEST(output, reserves_in_a_new_window_what_the_old_one_has_no_room_for) {
  windows out(2);
  out.append(std::string(output::reserve_limit - 1, 'x'));
  char* room = out.reserve(output::reserve_limit);
  ASSERT_NE(room, nullptr);
  room[0] = 'y';
  out.commit(room + 1);
  EXPECT_FALSE(out.failed());
  EXPECT_EQ(out.take(), std::string(output::reserve_limit - 1, 'x') + "y");
}

TEST(output, fails_once_there_are_no_more_windows) {
  windows out(2);
  out.append(std::string(2 * output::reserve_limit, 'x'));
  EXPECT_FALSE(out.failed());
  out.append('y');
  EXPECT_TRUE(out.failed());
  EXPECT_EQ(out.reserve(1), nullptr);
}

}  // namespace
}  // namespace musubi::json
