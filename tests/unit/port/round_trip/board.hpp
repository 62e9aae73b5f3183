#pragma once
/// The thermostat's firmware without its hardware, on the emulated network.

#include "application/thermostat.hpp"
#include "firmware/sizes.hpp"
#include "support/browser.hpp"
#include "unit/memory/region.hpp"
#include "unit/port/round_trip/network.hpp"
#include "unit/port/round_trip/peer.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>

#include <musubi/lwip/host.hpp>

namespace musubi::test {

/// Its sleeps take no time: the clock is then where it was to be woken.
class networked_board final : public lwip::board {
 public:
  [[nodiscard]] time_point now() noexcept override { return wire_.now; }
  void entropy(std::span<std::byte> into) noexcept override {
    for (std::byte& each : into) each = static_cast<std::byte>(random_());
  }
  bool receive() noexcept override { return wire_.deliver_to_board(); }
  void sleep(time_point until, const std::atomic<bool>& awake) noexcept override {
    if (!awake.load()) wire_.now = std::max(wire_.now, std::min({until, alarm, wire_.next()}));
  }
  void alive() noexcept override {}

  time_point alarm{};  ///< wakes it as well

 private:
  network& wire_ = network::get();
  std::mt19937 random_{7};
};

/// As in firmware/main.cpp, but coroutines take more in a program for tests.
inline constexpr limits board_sizes = [] {
  limits chosen = ::board::sizes;
  chosen.frames = {{{1024, 2}, {2048, 2}, {0, 0}, {0, 0}}};
  return chosen;
}();

class served_board {
 public:
  explicit served_board(const host_options& options = {})
      : host_(loop_, board_sizes, options, host_memory_.begin()) {
    const status listens = loop_.listen(host_.core(), 80);
    EXPECT_TRUE(listens.ok()) << listens.reason();
  }
  served_board(const served_board&) = delete;
  served_board& operator=(const served_board&) = delete;
  ~served_board() { network::get().reset(); }

  /// Lets time pass, and the sensor measure.
  void run_for(duration span) {
    const time_point end = wire_.now + span;
    (void)until([&] { return wire_.now >= end; }, span);
  }
  /// Lets time pass until `condition` holds, but no more than `most`.
  template <class Condition>
  bool until(Condition&& condition, duration most) {
    const time_point end = wire_.now + most;
    while (!condition()) {
      if (wire_.now >= end) return false;
      if (measures && wire_.now >= measured_at_) {
        measured_at_ = wire_.now + measures_every;
        host_.core().loop().make_current();
        home::heating.measured({2000 + 10 * (++readings_ % 50), 500});
      }
      board_.alarm = measures ? std::min(end, measured_at_) : end;
      loop_.turn();
      wire_.run_nodes();
    }
    return true;
  }

  [[nodiscard]] host_core& core() { return host_.core(); }
  [[nodiscard]] lwip::loop& events() { return loop_; }
  bool measures = true;
  duration measures_every = std::chrono::milliseconds(500);

 private:
  using typed_host = basic_host<home::home_socket>;
  static constexpr std::size_t streams =
      board_sizes.connections + board_sizes.requests + BOARD_BACKLOG;

  network& wire_ = network::get();
  networked_board board_;
  region loop_memory_{lwip::loop::bytes(streams)};
  region host_memory_{typed_host::bytes(board_sizes)};
  lwip::loop loop_{board_, streams, loop_memory_.begin()};
  typed_host host_;
  time_point measured_at_{};
  int readings_ = 0;
};

/// One browser with the page of the thermostat.
class visitor {
 public:
  explicit visitor(served_board& board) : board_(board) {}

  /// Connects, and asks for the page.
  void begin() {
    peer.connect();
    page_.send(upgrade_text());
    root_.emplace(page_.join("Home.Stores.Thermostat", "living-room"));
  }
  /// True once its page is mounted.
  bool is_in() { return look() && versions_ >= 1; }
  void arrive() {
    begin();
    EXPECT_TRUE(board_.until([&] { return is_in(); }, 20s)) << "nothing was mounted";
  }
  /// Sends the command without waiting for the answer.
  void set_target(int degrees) {
    const std::string ref =
        root_->command("set_target", "{\"celsius\":" + std::to_string(degrees) + "}");
    unanswered_.push_back(root_->ok(ref));
  }
  /// Every half minute, as phoenix.js does.
  void beat() {
    if (network::get().now < beats_at_) return;
    beats_at_ = network::get().now + 30s;
    (void)page_.heartbeat();
  }
  /// Reads what has come; true unless the board has ended the connection.
  bool look() {
    for (std::string each = page_.next(); !each.empty(); each = page_.next()) take(each);
    return !peer.ended();
  }

  [[nodiscard]] std::size_t unanswered() const { return unanswered_.size(); }
  [[nodiscard]] int target() const { return target_; }
  [[nodiscard]] int versions() const { return versions_; }
  tcp_peer peer;

 private:
  void take(const std::string& message) {
    if (std::erase(unanswered_, message) != 0) return;
    if (message.find(R"("patch")") == std::string::npos) return;
    const std::string version = R"("version":)" + std::to_string(versions_ + 1) + ",";
    EXPECT_NE(message.find("," + version), std::string::npos) << "after " << versions_ << message;
    ++versions_;
    for (const std::string_view before : {R"("/target","value":)", R"("target":)"}) {
      const std::size_t at = message.find(before);
      if (at != std::string::npos) target_ = std::stoi(message.substr(at + before.size()));
    }
  }

  served_board& board_;
  browser page_{std::make_unique<peer_pipe>(peer)};
  std::optional<root> root_;
  time_point beats_at_ = network::get().now + 30s;
  std::vector<std::string> unanswered_;
  int target_ = 0;
  int versions_ = 0;
};

}  // namespace musubi::test
