#pragma once
/// The ports under one roof, so that the same tests run over each of them.

#include "support/patience.hpp"
#include "support/socket_path.hpp"
#include "support/socket_pipe.hpp"
#include "unit/memory/region.hpp"

#include <chrono>
#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

#include <musubi/asio/internal/listener.hpp>
#include <musubi/asio/internal/loop.hpp>
#include <musubi/memory_port/loop.hpp>
#include <musubi/net/port.hpp>
#include <musubi/posix/loop.hpp>

namespace musubi::test {

/// What a port drives, without anything of a host's: takes streams, as many as it is told to.
class bare_service final : public net::service {
 public:
  explicit bare_service(net::port& port)
      : memory_(needed()), carver_(memory_.carve()), loop_(carver_, frames, port), port_(port) {}

  [[nodiscard]] bool can_accept() const noexcept override { return accepted.size() < most; }
  void accept(net::stream& fresh) noexcept override { accepted.push_back(&fresh); }
  [[nodiscard]] runtime& loop() noexcept override { return loop_; }
  std::optional<time_point> poll() noexcept override { return loop_.poll(port_.now()); }
  void stop() noexcept override {
    ++stops;
    port_.stopped();
  }

  std::vector<net::stream*> accepted;
  std::size_t most = 1000;
  int stops = 0;

 private:
  static constexpr frame_classes frames{{{256, 1}, {0, 0}, {0, 0}, {0, 0}}};
  static std::size_t needed() {
    carver measure;
    const frame_pools measured("", measure, frames);
    return measure.used();
  }
  region memory_;
  carver carver_;
  runtime loop_;
  net::port& port_;
};

/// Streams at once in every rig.
inline constexpr std::size_t rig_streams = 8;

/// The memory port.
class memory_rig {
 public:
  using far_end = memory_port::client;
  memory_rig() { loop_.serve(service); }
  [[nodiscard]] far_end connect() { return loop_.connect(); }
  /// Runs until `condition` holds, or it never will.
  template <class Condition>
  bool until(Condition&& condition) {
    for (int i = 0; i < 100000; ++i) {
      loop_.settle();
      if (condition()) return true;
      if (const auto next = loop_.next_timer()) loop_.run_for(*next - loop_.now());
    }
    return condition();
  }
  /// Runs all that can run now.
  void settle() { loop_.settle(); }
  void stop() { loop_.stop(); }
  [[nodiscard]] net::port& port() { return loop_; }
  static constexpr std::string_view peer_prefix = "memory:";

 private:
  memory_port::loop loop_{{.streams = rig_streams}};

 public:
  bare_service service{loop_};
};

/// Takes turns until `condition` holds, or patience ends.
template <class Condition, class Turn>
bool turns_until(Condition&& condition, Turn&& turn) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    turn();
  }
  return true;
}

/// A port on sockets of this machine, in real time, on the test's own thread.
template <class Loop>
class socket_rig {
 public:
  using far_end = socket_end;
  template <class... Arguments>
  explicit socket_rig(Arguments&&... arguments) : loop_(std::forward<Arguments>(arguments)...) {}
  template <class Condition>
  bool until(Condition&& condition) {
    return turns_until(condition, [this] { loop_.poll(); });
  }
  void settle() {
    // what one process sends to itself over loopback has arrived when `send` returns
    for (int i = 0; i < 20; ++i) loop_.poll();
  }
  void stop() {
    loop_.stop();
    settle();
  }
  [[nodiscard]] net::port& port() { return loop_; }

 protected:
  Loop loop_;

 public:
  bare_service service{loop_};
};

/// The Asio port.
class asio_rig : public socket_rig<asio::loop> {
 public:
  explicit asio_rig(const asio::listen_address& address)
      : socket_rig(rig_streams), address_(address) {
    EXPECT_FALSE(listener_.error) << listener_.error.message();
    loop_.listen(asio::duplicate(listener_), listener_.family, service);
  }
  ~asio_rig() { asio::close_listener(listener_, address_); }

 protected:
  asio::listen_address address_;
  asio::listener listener_ = asio::open_listener(address_);
};

class tcp_rig : public asio_rig {
 public:
  tcp_rig() : asio_rig({.bind = "127.0.0.1", .port = 0, .unix_path = {}}) {}
  [[nodiscard]] far_end connect() { return socket_end::to_port(listener_.port); }
  static constexpr std::string_view peer_prefix = "127.0.0.1:";
};

class unix_rig : public asio_rig {
 public:
  unix_rig() : asio_rig({.bind = {}, .port = 0, .unix_path = fresh_path()}) {}
  [[nodiscard]] far_end connect() { return socket_end::to_path(address_.unix_path.c_str()); }
  static constexpr std::string_view peer_prefix = "unix";

 private:
  static std::string fresh_path() {
    static int count = 0;
    return socket_path(std::to_string(++count));
  }
};

/// The port on BSD sockets and poll.
class posix_rig : private region, public socket_rig<posix::loop> {
 public:
  explicit posix_rig(std::string_view bind = "127.0.0.1")
      : region(posix::loop::bytes(rig_streams)), socket_rig(rig_streams, region::begin()) {
    const status listens = loop_.listen(service, {.bind = bind});
    EXPECT_TRUE(listens.ok()) << listens.reason();
  }
  [[nodiscard]] far_end connect() { return socket_end::to_port(loop_.port()); }
  [[nodiscard]] posix::loop& loop() { return loop_; }
  static constexpr std::string_view peer_prefix = "127.0.0.1:";
};

}  // namespace musubi::test
