/// The firmware's core and lwIP on a network with a round-trip time: nobody is cut off because many
/// watch, and who has no room for a patch gets the newest state later.

#include "unit/port/round_trip/board.hpp"

#include <algorithm>
#include <deque>
#include <ostream>
#include <random>
#include <vector>

constinit home::controller home::heating;

namespace musubi::test {
namespace {

struct crowd {
  int browsers;
  int commands;  ///< at once
  friend std::ostream& operator<<(std::ostream& out, const crowd& each) {
    return out << each.browsers << " browsers, " << each.commands << " commands at once";
  }
};

class a_round_trip : public testing::Test {
 protected:
  a_round_trip() {
    network::get().line = {.one_way = 50ms, .jitter = 10ms, .bytes_per_second = 250'000};
  }
  void arrive(int browsers) {
    for (int i = 0; i < browsers; ++i) visitors.emplace_back(board).arrive();
    board.run_for(1s);
  }
  int cut_off() {
    return static_cast<int>(std::count_if(visitors.begin(), visitors.end(),
                                          [](visitor& each) { return !each.look(); }));
  }
  [[nodiscard]] std::uint32_t failures(std::string_view name) {
    std::uint32_t count = 0;
    board.core().each_pool([&](const pool_metrics& pool) {
      if (pool.name == name) count += pool.failures;
    });
    return count;
  }

  served_board board;
  std::deque<visitor> visitors;
};

class every_crowd : public a_round_trip, public testing::WithParamInterface<crowd> {};

TEST_P(every_crowd, stays_connected_and_is_answered_though_commands_come_at_once) {
  arrive(GetParam().browsers);
  int target = 5;
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < GetParam().commands; ++i) {
      target = target == 30 ? 5 : target + 1;
      visitors[static_cast<std::size_t>(i)].set_target(target);
    }
    board.run_for(2s);
  }
  EXPECT_EQ(cut_off(), 0);
  EXPECT_EQ(board.core().counted().closed_behind, 0U);
  EXPECT_EQ(failures("backlog_blocks"), 0U);
  EXPECT_EQ(board.events().gave_way(), 0U);
  EXPECT_EQ(board.events().unread(), 0U);
  board.measures = false;
  board.run_for(1s);
  for (visitor& each : visitors) {
    EXPECT_TRUE(each.look());
    EXPECT_EQ(each.unanswered(), 0U);
    EXPECT_EQ(each.target(), visitors.front().target());
  }
}

INSTANTIATE_TEST_SUITE_P(of_a_board_for_24, every_crowd,
                         testing::Values(crowd{24, 1}, crowd{24, 2}, crowd{24, 3}, crowd{24, 6},
                                         crowd{16, 1}, crowd{16, 2}, crowd{16, 3}, crowd{16, 6},
                                         crowd{12, 1}, crowd{12, 2}, crowd{12, 3}, crowd{12, 6},
                                         crowd{8, 1}, crowd{8, 2}, crowd{8, 3}, crowd{8, 6},
                                         crowd{4, 1}, crowd{4, 2}, crowd{4, 3}, crowd{4, 4}));

class every_loss : public a_round_trip, public testing::WithParamInterface<double> {
 protected:
  /// Lets time pass until `condition` holds, or for longer than TCP pauses before it sends again:
  /// for half a second, and twice as long each time, up to 64 s.
  template <class Condition>
  bool in_the_end(Condition&& condition) {
    const auto beat = [&] {
      for (visitor& each : visitors) each.beat();
      return condition();
    };
    return board.until(beat, 130s);
  }
};

TEST_P(every_loss, delays_answers_and_cuts_off_only_who_took_nothing_for_the_time_that_is_set) {
  arrive(4);
  network::get().loses = [lost = std::bernoulli_distribution(GetParam()),
                          random = std::mt19937(std::getenv("SEED")
                                                    ? unsigned(std::atoi(std::getenv("SEED")))
                                                    : 7U)](bool) mutable { return lost(random); };
  for (int i = 0; i < 15; ++i) {
    visitor& asks = visitors[static_cast<std::size_t>(i % 4)];
    asks.set_target(10 + i);
    EXPECT_TRUE(in_the_end([&] { return !asks.look() || asks.unanswered() == 0; })) << i;
  }
  network::get().loses = nullptr;
  board.measures = false;
  EXPECT_TRUE(in_the_end([&] {
    return std::all_of(visitors.begin(), visitors.end(), [](visitor& each) {
      return !each.look() || each.target() == home::heating.state().get().target;
    });
  }));
  EXPECT_LE(static_cast<std::uint32_t>(cut_off()), board.core().counted().closed_stalled);
  if (GetParam() <= 0.1) {
    EXPECT_EQ(cut_off(), 0);
  }
}

INSTANTIATE_TEST_SUITE_P(each_way, every_loss, testing::Values(0.1, 0.2));

TEST_F(a_round_trip, is_shared_when_the_state_changes_all_the_time) {
  arrive(24);
  board.measures_every = 20ms;
  std::vector<int> before;
  for (visitor& each : visitors) before.push_back(each.versions());
  board.run_for(20s);
  EXPECT_EQ(cut_off(), 0);
  int least = 1'000'000;
  int most = 0;
  for (std::size_t i = 0; i < visitors.size(); ++i) {
    const int seen = visitors[i].versions() - before[i];
    least = std::min(least, seen);
    most = std::max(most, seen);
  }
  EXPECT_GE(least, 40) << "two a second";
  EXPECT_LE(most, 2 * least) << "some browsers get twice as many patches as others";
}

TEST_F(a_round_trip, that_one_browser_does_not_answer_makes_nobody_else_wait) {
  arrive(12);
  visitors.back().peer.mute = true;
  for (int i = 0; i < 50; ++i) {
    visitors.front().set_target(5 + i % 26);
    EXPECT_TRUE(board.until(
        [&] { return visitors.front().look() && visitors.front().unanswered() == 0; }, 300ms));
    board.run_for(200ms);
  }
  EXPECT_TRUE(visitors.back().peer.connected());
  visitors.back().peer.mute = false;
  board.measures = false;
  board.run_for(10s);
  EXPECT_EQ(cut_off(), 0);
  for (visitor& each : visitors) EXPECT_EQ(each.target(), 5 + 49 % 26);
}

TEST_F(a_round_trip, keeps_no_patch_for_a_browser_without_room_but_sends_the_newest_state) {
  arrive(1);
  visitor& page = visitors.front();
  page.peer.mute = true;
  const std::uint64_t before = board.core().counted().pages.patches;
  for (int i = 0; i < 20; ++i) {
    page.set_target(10 + i % 2);
    board.run_for(100ms);
  }
  page.set_target(25);
  board.measures = false;
  board.run_for(1s);
  EXPECT_LE(board.core().counted().pages.patches - before, 4U) << "what the send buffer took";
  page.peer.mute = false;
  board.run_for(10s);
  EXPECT_EQ(cut_off(), 0);
  EXPECT_EQ(page.unanswered(), 0U);
  EXPECT_EQ(page.target(), 25);
}

}  // namespace
}  // namespace musubi::test
