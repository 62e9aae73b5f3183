#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <musubi/async/runtime.hpp>
#include <musubi/net/stream.hpp>

/// All that the core asks of an operating system, or of its absence. See docs/porting.md.
namespace musubi::net {

/// What a port drives: a host, as far as its port knows it. Called from the host's thread.
class service : public acceptor {
 public:
  /// Its time and what is ready in it: `advance` before its streams are told anything.
  [[nodiscard]] virtual runtime& loop() noexcept = 0;
  /// Runs what is ready; answers when to be called again, as `runtime::poll` does.
  virtual std::optional<time_point> poll() noexcept = 0;
  /// A connection waits while `can_accept` is false: whoever does not get on may have to go. If
  /// `can_accept` is false still, `port::resume_accepting` tells when to look again.
  virtual void make_room() noexcept {}
  /// Ends orderly; `port::stopped` is called when all is over.
  virtual void stop() noexcept = 0;

 protected:
  ~service() = default;
};

/// One host's view of its port: time, entropy, waking, the listener. `wake` may be called from any
/// thread or interrupt; everything else from the host's thread.
class port : public waker {
 public:
  /// The monotonic clock.
  [[nodiscard]] virtual time_point now() noexcept = 0;
  /// Fills `into` with bytes that an attacker cannot guess.
  virtual void entropy(std::span<std::byte> into) noexcept = 0;
  /// `acceptor::can_accept` has become true again, or `service::make_room` may have more luck.
  virtual void resume_accepting() noexcept = 0;
  /// The host has let go of all its clients after `stop`: its loop may end.
  virtual void stopped() noexcept = 0;

 protected:
  ~port() = default;
};

}  // namespace musubi::net
