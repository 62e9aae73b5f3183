#include "sampling/history.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <vector>

namespace gateway::test {

using namespace std::chrono_literals;

class a_history : public ::testing::Test {
 protected:
  /// Adds samples a second apart, of which the value is their number.
  void add(std::uint32_t first, std::uint32_t last, bool follows = true) {
    for (std::uint32_t number = first; number <= last; ++number) {
      past_->add({number, 1000ULL * number, follows || number != first},
                 {static_cast<float>(number), NAN});
    }
  }
  std::vector<stretch<2>> read(std::uint32_t& next) const {
    std::vector<stretch<2>> pieces;
    stretch<2> piece;
    while (past_->read(next, piece)) pieces.push_back(piece);
    return pieces;
  }
  std::unique_ptr<history<2>> past_ = std::make_unique<history<2>>();
};

TEST_F(a_history, has_nothing_to_tell_at_first) {
  std::uint32_t next = 0;
  EXPECT_TRUE(read(next).empty());
  EXPECT_EQ(next, 0U);
}

TEST_F(a_history, tells_the_samples_with_the_time_of_each) {
  add(1, 3, false);
  std::uint32_t next = 0;
  const auto pieces = read(next);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].id, 1U);
  EXPECT_FALSE(pieces[0].follows);
  EXPECT_EQ(pieces[0].from, 1000U);
  EXPECT_EQ(pieces[0].after, (musubi::list<std::uint32_t, 20>{0U, 1000U, 2000U}));
  EXPECT_EQ(pieces[0].values[0][2], 3.0F);
  EXPECT_EQ(pieces[0].values[1][2], std::nullopt);
  EXPECT_EQ(next, 4U);
}

TEST_F(a_history, tells_who_has_heard_of_some_only_the_rest) {
  add(1, 3);
  std::uint32_t next = 0;
  (void)read(next);
  EXPECT_TRUE(read(next).empty());
  add(4, 5);
  const auto pieces = read(next);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].id, 4U);
  EXPECT_TRUE(pieces[0].follows);
  EXPECT_EQ(pieces[0].after.size(), 2U);
}

TEST_F(a_history, tells_many_in_pieces_that_follow_one_another) {
  add(1, 45, false);
  std::uint32_t next = 0;
  const auto pieces = read(next);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[1].id, 21U);
  EXPECT_TRUE(pieces[1].follows);
  EXPECT_EQ(pieces[2].after.size(), 5U);
}

TEST_F(a_history, begins_a_piece_where_a_look_was_missed) {
  add(1, 2, false);
  add(3, 4, false);  // late
  add(6, 7);         // another thing's, between
  std::uint32_t next = 0;
  const auto pieces = read(next);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_FALSE(pieces[1].follows);
  EXPECT_EQ(pieces[1].from, 3000U);
  EXPECT_FALSE(pieces[2].follows);
}

TEST_F(a_history, forgets_the_oldest_and_says_that_something_is_missing) {
  add(1, 1, false);
  std::uint32_t next = 0;
  (void)read(next);
  add(2, samples_kept + 100);
  const auto pieces = read(next);
  EXPECT_EQ(pieces.front().id, 101U);
  EXPECT_FALSE(pieces.front().follows);
  EXPECT_EQ(pieces.size(), samples_kept / 20);
  EXPECT_EQ(next, samples_kept + 101U);
}

class histories_of_two : public ::testing::Test {
 protected:
  void see(std::string_view name, std::uint32_t number) {
    pasts_->add(name, {number, number, true}, {static_cast<float>(number)});
  }
  std::size_t samples_of(std::string_view name) const {
    std::uint32_t next = 0;
    stretch<1> piece;
    std::size_t count = 0;
    while (pasts_->read(name, next, piece)) count += piece.after.size();
    return count;
  }
  std::unique_ptr<histories<1, 2>> pasts_ = std::make_unique<histories<1, 2>>();
};

TEST_F(histories_of_two, keep_those_of_different_names_apart) {
  see("eth0", 1);
  see("lo", 1);
  see("lo", 2);
  EXPECT_EQ(samples_of("eth0"), 1U);
  EXPECT_EQ(samples_of("lo"), 2U);
  EXPECT_EQ(samples_of("eth1"), 0U);
}

TEST_F(histories_of_two, forget_what_was_not_seen_for_the_longest_time) {
  see("eth0", 1);
  see("usb0", 1);
  see("eth0", 2);
  see("usb1", 3);
  EXPECT_EQ(samples_of("eth0"), 2U);
  EXPECT_EQ(samples_of("usb0"), 0U);
  EXPECT_EQ(samples_of("usb1"), 1U);
}

TEST(a_cadence, counts_looks_and_tells_when) {
  cadence looks;
  EXPECT_EQ(looks.next(musubi::time_point(1500us), 1s).at, 1U);
  const look second = looks.next(musubi::time_point(1001ms), 1s);
  EXPECT_EQ(second.number, 2U);
  EXPECT_EQ(second.at, 1001U);
  EXPECT_TRUE(second.follows);
}

TEST(a_cadence, notices_a_look_that_was_missed) {
  cadence looks;
  EXPECT_FALSE(looks.next(musubi::time_point(0s), 1s).follows);
  EXPECT_TRUE(looks.next(musubi::time_point(2s), 1s).follows);  // late, and no more than that
  EXPECT_FALSE(looks.next(musubi::time_point(5s), 1s).follows);
}

TEST(a_cadence, misses_nothing_when_the_period_changes) {
  cadence looks;
  (void)looks.next(musubi::time_point(0s), 30s);
  EXPECT_TRUE(looks.next(musubi::time_point(29s), 100ms).follows);
  EXPECT_FALSE(looks.next(musubi::time_point(30s), 100ms).follows);
  EXPECT_TRUE(looks.next(musubi::time_point(60s), 30s).follows);
}

}  // namespace gateway::test
