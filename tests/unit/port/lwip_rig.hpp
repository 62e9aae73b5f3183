#pragma once
/// The lwIP port in this process, with both ends of its connections in one stack.

#if defined(MUSUBI_TEST_LWIP)

#include "unit/port/lwip/stack.hpp"
#include "unit/port/rigs.hpp"

#include <random>

#include <musubi/lwip/loop.hpp>

namespace musubi::test {

/// A board whose sleeps take no time: the clock is then where it was to be woken.
class sleepless_board final : public lwip::board {
 public:
  [[nodiscard]] time_point now() noexcept override { return stack_.now; }
  void entropy(std::span<std::byte> into) noexcept override {
    for (std::byte& each : into) each = static_cast<std::byte>(random_());
  }
  bool receive() noexcept override { return stack_.deliver(); }
  void sleep(time_point until, const std::atomic<bool>& awake) noexcept override {
    if (awake.load() || stack_.waiting()) return;
    ++sleeps;
    slept_until = until;
    if (time_passes) stack_.now = std::max(stack_.now, until);
  }
  void alive() noexcept override { ++turns; }

  bool time_passes = true;
  int sleeps = 0;
  int turns = 0;
  time_point slept_until{};

 private:
  lwip_stack& stack_ = lwip_stack::get();
  std::mt19937 random_{7};
};

class lwip_rig : private region {
 public:
  using far_end = lwip_end;
  static constexpr std::uint16_t number = 80;

  lwip_rig() : region(lwip::loop::bytes(rig_streams)) {
    const status listens = loop_.listen(service, number);
    EXPECT_TRUE(listens.ok()) << listens.reason();
  }
  lwip_rig(const lwip_rig&) = delete;
  lwip_rig& operator=(const lwip_rig&) = delete;
  /// And looks whether all that lwIP gave came back to it.
  ~lwip_rig() {
    for (net::stream* const each : service.accepted) each->close();
    stack.reset();
    settle();
    EXPECT_EQ(loop_.streams().used, 0U);
    EXPECT_EQ(lwip_stack::used(MEMP_TCP_PCB), 0U);
    EXPECT_EQ(lwip_stack::used(MEMP_TCP_SEG), 0U);
    EXPECT_EQ(lwip_stack::used(MEMP_PBUF_POOL), 0U);
    EXPECT_EQ(lwip_stack::heap_used(), 0U);
  }

  [[nodiscard]] far_end connect() { return lwip_end::to_port(number); }
  template <class Condition>
  bool until(Condition&& condition) {
    return turns_until(condition, [this] { loop_.turn(); });
  }
  /// Runs all that can run without time.
  void settle() {
    board.time_passes = false;
    const int before = board.sleeps;
    for (int i = 0; i < 1000 && board.sleeps == before; ++i) loop_.turn();
    board.time_passes = true;
  }
  /// Lets time pass, from one thing to do to the next.
  void run_for(duration span) {
    const time_point end = stack.now + span;
    while (stack.now < end) loop_.turn();
  }
  void stop() {
    loop_.stop();
    settle();
  }
  [[nodiscard]] net::port& port() { return loop_; }
  [[nodiscard]] lwip::loop& loop() { return loop_; }
  static constexpr std::string_view peer_prefix = "10.0.0.1:";

  lwip_stack& stack = lwip_stack::get();
  sleepless_board board;

 private:
  lwip::loop loop_{board, rig_streams, region::begin()};

 public:
  bare_service service{loop_};
};

}  // namespace musubi::test

#endif
