/// Clients that want to keep others out of a board: newcomers get in, and those who are in are
/// served.

#include "unit/port/round_trip/board.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace musubi::test {
namespace {

/// Connects again at once when it is cut off.
class persistent_client {
 public:
  virtual ~persistent_client() = default;
  void act() {
    if (peer_ == nullptr || peer_->ended()) {
      peer_ = std::make_unique<tcp_peer>();
      peer_->connect();
      begun();
    }
    if (peer_->connected()) connected(*peer_);
  }

 protected:
  virtual void begun() {}
  virtual void connected(tcp_peer&) {}

 private:
  std::unique_ptr<tcp_peer> peer_;
};

/// Sends a request head that never ends, a few bytes a second.
class slow_head final : public persistent_client {
  void begun() override { next_ = network::get().now; }
  void connected(tcp_peer& peer) override {
    if (network::get().now < next_) return;
    next_ = network::get().now + 1s;
    peer.write(std::exchange(next_line_, "X: y\r\n"));
  }
  time_point next_{};
  std::string_view next_line_ = "GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n";
};

/// How many browsers have a page already: some connections of lwIP are free, or as few as can be.
class lock_out : public testing::TestWithParam<int> {
 protected:
  static constexpr duration step = 10ms;

  lock_out() {
    network::get().line = {.one_way = 5ms, .jitter = 2ms, .bytes_per_second = 1'000'000};
    for (int i = 0; i < GetParam(); ++i) residents.emplace_back(board).arrive();
  }

  /// Lets `attack` act for more than a minute, while a newcomer comes every nine seconds, and a
  /// resident sends a command every second.
  void endure(const std::function<void()>& attack) {
    const auto for_a_while = [&](duration span) {
      for (duration left = span; left > duration{}; left -= step) {
        attack();
        command_of_the_second();
        board.run_for(step);
      }
    };
    for_a_while(5s);
    for (int i = 0; i < 7; ++i) {
      visitor newcomer(board);
      const time_point begun = network::get().now;
      newcomer.begin();
      while (!newcomer.is_in() && network::get().now - begun < 60s) for_a_while(step);
      EXPECT_LE(network::get().now - begun, 2s) << "newcomer " << i << " had to wait";
      newcomer.peer.reset();
      for_a_while(9s);
    }
    EXPECT_GT(answers.size(), 60U);
    EXPECT_LT(*std::max_element(answers.begin(), answers.end()), 1s);
    for (visitor& each : residents) EXPECT_TRUE(each.look()) << "a resident was cut off";
  }

  served_board board;
  std::deque<visitor> residents;
  std::vector<duration> answers;

 private:
  void command_of_the_second() {
    const time_point now = network::get().now;
    if (asks_ != nullptr && asks_->look() && asks_->unanswered() == 0) {
      answers.push_back(now - asked_at_);
      asks_ = nullptr;
    }
    if (asks_ != nullptr || now - asked_at_ < 1s) return;
    asks_ = &residents[asked_++ % residents.size()];
    asks_->set_target(5 + static_cast<int>(asked_ % 26));
    asked_at_ = now;
  }

  visitor* asks_ = nullptr;
  time_point asked_at_{};
  std::size_t asked_ = 0;
};

INSTANTIATE_TEST_SUITE_P(of_a_board_for_24, lock_out, testing::Values(3, 23));

/// A SYN of this station, whose answer nobody hears.
void half_open(std::uint8_t station = 2) {
  tcp_peer gone(station);
  gone.connect();
}

TEST_P(lock_out, by_two_unanswered_syns_every_five_seconds_fails) {
  time_point next{};
  endure([&] {
    if (network::get().now < next) return;
    next = network::get().now + 5s;
    half_open();
    half_open();
  });
  EXPECT_EQ(board.events().gave_way() != 0, GetParam() == 23) << "where connections are short";
}

TEST_P(lock_out, by_a_hundred_unanswered_syns_a_second_of_one_station_fails) {
  endure([] { half_open(9); });
}

/// Where seven handshakes can wait, six of them in a quarter of a second keep nobody out.
TEST_P(lock_out, by_unanswered_syns_of_ever_other_stations_fails) {
  std::uint8_t station = 10;
  time_point next{};
  endure([&] {
    if (network::get().now < next) return;
    next = network::get().now + 50ms;
    half_open(station);
    station = static_cast<std::uint8_t>(station == 250 ? 10 : station + 1);
  });
}

TEST(a_server_beside_the_host, has_connections_in_which_the_port_writes_nothing) {
  served_board board;
  tcp_pcb* const other = tcp_new_ip_type(IPADDR_TYPE_ANY);
  ASSERT_EQ(tcp_bind(other, IP_ANY_TYPE, 81), ERR_OK);
  ASSERT_NE(tcp_listen(other), nullptr);
  tcp_peer(9, 81).connect();
  board.run_for(100ms);
  ASSERT_NE(tcp_active_pcbs, nullptr);
  EXPECT_EQ(tcp_active_pcbs->state, SYN_RCVD);
  EXPECT_EQ(tcp_active_pcbs->bytes_acked, 0);
}

TEST_P(lock_out, by_two_slow_heads_fails) {
  std::vector<slow_head> attackers(2);
  endure([&] {
    for (slow_head& each : attackers) each.act();
  });
}

TEST_P(lock_out, by_eight_slow_heads_fails) {
  std::vector<slow_head> attackers(8);
  endure([&] {
    for (slow_head& each : attackers) each.act();
  });
}

TEST_P(lock_out, by_forty_silent_connections_fails) {
  std::vector<persistent_client> attackers(40);
  endure([&] {
    for (persistent_client& each : attackers) each.act();
  });
}

}  // namespace
}  // namespace musubi::test
