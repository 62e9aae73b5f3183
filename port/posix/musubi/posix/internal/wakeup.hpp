#pragma once
/// Wakes a `poll` from other threads: a descriptor that becomes readable.

#include <musubi/memory/status.hpp>
#include <musubi/posix/system.hpp>

namespace musubi::posix {

#if !defined(MUSUBI_POSIX_LWIP)
/// A self-pipe.
class pipe_wakeup {
 public:
  [[nodiscard]] status open() noexcept;
  /// The descriptor to poll.
  [[nodiscard]] int descriptor() const noexcept { return reading_.get(); }
  /// Makes the descriptor readable. Call from any thread or from a signal handler. Returns false on
  /// error.
  [[nodiscard]] bool ring() const noexcept;
  /// Resets the descriptor to not readable.
  void quieten() const noexcept;
  /// `ring` never fails: a byte has room.
  static constexpr bool sure = true;

 private:
  sys::descriptor reading_;
  sys::descriptor writing_;
};
#endif

/// A UDP socket on the loopback interface, connected to itself, so it receives no other datagrams.
/// Needs one socket, and a network that is up before the host is constructed.
class datagram_wakeup {
 public:
  [[nodiscard]] status open() noexcept;
  [[nodiscard]] int descriptor() const noexcept { return socket_.get(); }
  [[nodiscard]] bool ring() const noexcept;
  void quieten() const noexcept;
  /// A network without free buffers drops the datagram, so the loop has to check periodically.
  static constexpr bool sure = false;

 private:
  sys::descriptor socket_;
};

#if defined(MUSUBI_POSIX_WAKE_BY_DATAGRAM)
using wakeup = datagram_wakeup;
#else
using wakeup = pipe_wakeup;
#endif

}  // namespace musubi::posix
