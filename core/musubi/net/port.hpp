#pragma once

#include <cstddef>
#include <span>

#include <musubi/async/runtime.hpp>

/// All that the core asks of an operating system, or of its absence. See docs/porting.md.
namespace musubi::net {

/// One host's view of its port: time, entropy, waking, the listener. `wake` may be called from any
/// thread or interrupt; everything else from the host's thread.
class port : public waker {
 public:
  /// The monotonic clock.
  [[nodiscard]] virtual time_point now() noexcept = 0;
  /// Fills `into` with bytes that an attacker cannot guess.
  virtual void entropy(std::span<std::byte> into) noexcept = 0;
  /// `acceptor::can_accept` has become true again.
  virtual void resume_accepting() noexcept = 0;
  /// The host has let go of all its clients after `stop`: its loop may end.
  virtual void stopped() noexcept = 0;

 protected:
  ~port() = default;
};

}  // namespace musubi::net
