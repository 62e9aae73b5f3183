#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include <musubi/async/runtime.hpp>
#include <musubi/net/stream.hpp>

/// Everything the core needs from an operating system or bare metal. See docs/porting.md.
namespace musubi::net {

/// A host, as seen by the port that drives it. Called on the host's thread.
class service : public acceptor {
 public:
  /// The host's runtime: call `advance` on it before notifying its streams.
  [[nodiscard]] virtual runtime& loop() noexcept = 0;
  /// Runs what is ready. Returns when to call it again, like `runtime::poll`.
  virtual std::optional<time_point> poll() noexcept = 0;
  /// Called when a connection waits while `can_accept` is false: the host may end a stalled one to
  /// make room. If `can_accept` stays false, `port::resume_accepting` says when to try again.
  virtual void make_room() noexcept {}
  /// Shuts down gracefully; calls `port::stopped` when done.
  virtual void stop() noexcept = 0;

 protected:
  ~service() = default;
};

/// A port, as seen by its host: time, entropy, wake-up, the listener. `wake` may be called from any
/// thread or interrupt, everything else only on the host's thread.
class port : public waker {
 public:
  /// The monotonic clock.
  [[nodiscard]] virtual time_point now() noexcept = 0;
  /// Fills `into` with cryptographically secure random bytes.
  virtual void entropy(std::span<std::byte> into) noexcept = 0;
  /// Called when `acceptor::can_accept` has become true again, or `service::make_room` may succeed
  /// now.
  virtual void resume_accepting() noexcept = 0;
  /// Called when the host has closed all its streams after `stop`: the port's loop may end.
  virtual void stopped() noexcept = 0;

 protected:
  ~port() = default;
};

}  // namespace musubi::net
