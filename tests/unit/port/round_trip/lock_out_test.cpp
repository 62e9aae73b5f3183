/// Clients that want to keep others out of a board: newcomers get in, and those who are in are
/// served.

#include "unit/port/round_trip/board.hpp"

#include <algorithm>
#include <deque>
#include <functional>

namespace musubi::test {
namespace {

class lock_out : public testing::Test {
 protected:
  lock_out() {
    network::get().line = {.one_way = 5ms, .jitter = 2ms, .bytes_per_second = 1'000'000};
    for (int i = 0; i < 3; ++i) residents.emplace_back(board).arrive();
  }
  /// Lets `attack` act every 100 ms for a minute: a newcomer comes every ten seconds, a resident
  /// sends a command every second.
  void endure(const std::function<void(int)>& attack) {
    int step = 0;
    const auto for_a_while = [&](int steps) {
      for (int i = 0; i < steps; ++i, ++step) {
        attack(step);
        if (step % 10 == 0) {
          visitor& one = residents[static_cast<std::size_t>(step / 10) % residents.size()];
          one.set_target(5 + step / 10 % 26);
          const time_point sent = network::get().now;
          EXPECT_TRUE(board.until([&] { return one.look() && one.unanswered() == 0; }, 10s));
          slowest_answer = std::max(slowest_answer, network::get().now - sent);
        }
        board.run_for(100ms);
      }
    };
    for_a_while(50);
    for (int i = 0; i < 6; ++i) {
      visitor newcomer(board);
      newcomer.begin();
      const time_point begun = network::get().now;
      while (!newcomer.is_in() && network::get().now - begun < 60s) for_a_while(1);
      slowest_arrival = std::max(slowest_arrival, network::get().now - begun);
      newcomer.peer.reset();
      for_a_while(30);
    }
    EXPECT_LE(slowest_arrival, 2s) << slowest_arrival.count() / 1000 << " ms";
    EXPECT_LE(slowest_answer, 1s) << slowest_answer.count() / 1000 << " ms";
    for (visitor& each : residents) EXPECT_TRUE(each.look()) << "a resident was cut off";
  }

  served_board board;
  std::deque<visitor> residents;
  duration slowest_arrival{};
  duration slowest_answer{};
};

/// A SYN whose answer nobody hears.
void half_open() {
  tcp_peer gone;
  gone.connect();
}

TEST_F(lock_out, by_two_unanswered_syns_every_five_seconds_fails) {
  endure([](int step) {
    for (int i = 0; step % 50 == 0 && i < 2; ++i) half_open();
  });
}

TEST_F(lock_out, by_ten_unanswered_syns_a_second_fails) {
  endure([](int) { half_open(); });
}

}  // namespace
}  // namespace musubi::test
