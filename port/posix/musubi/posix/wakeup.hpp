#pragma once
/// What ends a `poll` from elsewhere: a descriptor that becomes readable.

#include <musubi/memory/status.hpp>
#include <musubi/posix/system.hpp>

namespace musubi::posix {

#if !defined(MUSUBI_POSIX_LWIP)
/// A pipe to itself.
class pipe_wakeup {
 public:
  [[nodiscard]] status open() noexcept;
  /// To be waited for.
  [[nodiscard]] int descriptor() const noexcept { return reading_.get(); }
  /// From any thread and from a signal handler: makes the descriptor readable. False when it
  /// cannot.
  [[nodiscard]] bool ring() const noexcept;
  /// Makes it unreadable again.
  void quieten() const noexcept;
  /// `ring` never fails: a byte has room.
  static constexpr bool sure = true;

 private:
  sys::descriptor reading_;
  sys::descriptor writing_;
};
#endif

/// A UDP socket on the loopback interface, connected to itself: nobody else's datagrams reach it.
/// Needs one socket, and a network that is up before the host is made.
class datagram_wakeup {
 public:
  [[nodiscard]] status open() noexcept;
  [[nodiscard]] int descriptor() const noexcept { return socket_.get(); }
  [[nodiscard]] bool ring() const noexcept;
  void quieten() const noexcept;
  /// A network that is out of buffers drops it: the loop has to look by itself now and then.
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
