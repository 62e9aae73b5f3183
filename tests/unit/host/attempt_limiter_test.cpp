#include <gtest/gtest.h>
#include <string>
#include <thread>

#include <musubi/host/attempt_limiter.hpp>

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

constexpr net::peer_key peer(std::uint64_t number) {
  return {number, 4};
}

class attempts : public testing::Test {
 protected:
  void fail(const net::peer_key& whose, int times = 1) {
    for (int i = 0; i < times; ++i) table.failed(whose, std::to_string(++guesses), now);
  }
  duration wait(const net::peer_key& whose) { return table.wait(whose, now); }

  attempt_limiter<3> table{
      {.free = 2, .first_wait = 1s, .longest_wait = 10s, .forgiven_after = 60s}};
  time_point now{};
  int guesses = 0;
};

TEST_F(attempts, cost_nothing_at_first) {
  EXPECT_EQ(wait(peer(1)), 0s);
  fail(peer(1), 2);
  EXPECT_EQ(wait(peer(1)), 0s);
}

TEST_F(attempts, cost_twice_as_much_each_time_up_to_a_bound) {
  fail(peer(1), 2);
  for (const auto expected : {1s, 2s, 4s, 8s, 10s, 10s}) {
    fail(peer(1));
    EXPECT_EQ(wait(peer(1)), expected);
    now += expected;
    EXPECT_EQ(wait(peer(1)), 0s);
  }
  fail(peer(1), 70'000);
  EXPECT_EQ(wait(peer(1)), 10s);
}

TEST_F(attempts, count_once_with_the_same_secret) {
  for (int i = 0; i < 10; ++i) table.failed(peer(1), "an old token", now);
  EXPECT_EQ(wait(peer(1)), 0s);
  fail(peer(1), 2);
  EXPECT_EQ(wait(peer(1)), 1s);
}

TEST_F(attempts, are_counted_for_each_peer_by_itself) {
  fail(peer(1), 3);
  EXPECT_EQ(wait(peer(2)), 0s);
  EXPECT_EQ(wait({1, 6}), 0s);
}

TEST_F(attempts, are_forgotten_when_one_succeeds) {
  fail(peer(1), 3);
  now += 1s;
  table.succeeded(peer(1));
  fail(peer(1), 2);
  EXPECT_EQ(wait(peer(1)), 0s);
}

TEST_F(attempts, are_forgiven_after_a_while) {
  fail(peer(1), 5);
  now += 59s;
  fail(peer(1));
  EXPECT_EQ(wait(peer(1)), 8s);
  now += 60s;
  fail(peer(1), 2);
  EXPECT_EQ(wait(peer(1)), 0s);
}

TEST_F(attempts, of_the_peer_quiet_for_longest_make_room) {
  fail(peer(1), 3);
  now += 1s;
  fail(peer(2), 3);
  fail(peer(3), 3);
  EXPECT_EQ(table.evicted(), 0U);
  now += 100ms;
  fail(peer(1));
  fail(peer(4), 3);
  EXPECT_EQ(table.evicted(), 1U);
  EXPECT_GT(wait(peer(1)), 0s);
  EXPECT_EQ((wait(peer(2)) > 0s) + (wait(peer(3)) > 0s), 1);
  EXPECT_GT(wait(peer(4)), 0s);
}

TEST_F(attempts, of_a_peer_that_was_forgiven_make_room_first) {
  fail(peer(1), 3);
  fail(peer(2), 3);
  fail(peer(3), 3);
  table.succeeded(peer(3));
  fail(peer(4), 3);
  EXPECT_EQ(table.evicted(), 0U);
  EXPECT_GT(wait(peer(1)), 0s);
}

TEST_F(attempts, may_be_counted_by_several_threads) {
  attempt_limiter<2> shared{{.free = 1000, .first_wait = 1s}};
  const auto guess = [&shared](char who) {
    for (int i = 0; i < 500; ++i) shared.failed(peer(1), who + std::to_string(i), {});
  };
  std::thread other([&] { guess('a'); });
  guess('b');
  other.join();
  EXPECT_EQ(shared.wait(peer(1), {}), 0s);
  shared.failed(peer(1), "one more", {});
  EXPECT_EQ(shared.wait(peer(1), {}), 1s);
}

constinit attempt_limiter<64> made_when_compiling;

TEST_F(attempts, need_no_code_to_be_ready) {
  EXPECT_EQ(made_when_compiling.wait(peer(1), now), 0s);
}

}  // namespace
}  // namespace musubi::test
