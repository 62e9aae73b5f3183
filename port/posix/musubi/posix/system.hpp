#pragma once
/// The differences between systems with BSD sockets: headers, names, clocks, randomness, pipes. The
/// rest of this folder is the same for all of them.
///
///     MUSUBI_POSIX_LWIP              lwIP's socket layer under its own names, with any RTOS below
///     MUSUBI_POSIX_WAKE_BY_DATAGRAM  no pipe that `poll` can wait for: set for lwIP, Zephyr,
///     ESP-IDF MUSUBI_POSIX_IPV6              0: not even where the headers have it

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <musubi/async/clock.hpp>

#if defined(MUSUBI_POSIX_LWIP)

#include <lwip/sockets.h>
#include <lwip/sys.h>
#if LWIP_COMPAT_SOCKETS == 1
#error "musubi: macros called accept, close and poll change other names too: LWIP_COMPAT_SOCKETS 0"
#endif
#if !LWIP_SOCKET_POLL
#error "musubi: sockets are waited for with lwip_poll: LWIP_SOCKET_POLL 1"
#endif
#if !LWIP_UDP || !LWIP_HAVE_LOOPIF
#error "musubi: wake-ups go through the loopback interface: LWIP_UDP 1, LWIP_NETIF_LOOPBACK 1"
#endif
#if !LWIP_TCPIP_CORE_LOCKING && !LWIP_NETCONN_SEM_PER_THREAD
#error "musubi: wake-ups come from several tasks: LWIP_TCPIP_CORE_LOCKING 1, as is lwIP's default"
#endif
#if !defined(MUSUBI_POSIX_IPV6)
#define MUSUBI_POSIX_IPV6 LWIP_IPV6
#endif

#else

#include <arpa/inet.h>
#include <ctime>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#if !defined(MUSUBI_POSIX_IPV6)
#define MUSUBI_POSIX_IPV6 1
#endif

#endif

#if defined(MUSUBI_POSIX_LWIP) || defined(__ZEPHYR__) || defined(ESP_PLATFORM)
#define MUSUBI_POSIX_WAKE_BY_DATAGRAM
#endif

namespace musubi::posix {

/// Fills the buffer with cryptographically secure random bytes; returns false when it cannot.
using entropy_source = bool (*)(std::span<std::byte> into) noexcept;

namespace sys {

#if defined(MUSUBI_POSIX_LWIP)
#define MUSUBI_POSIX_CALL(name) ::lwip_##name
#else
#define MUSUBI_POSIX_CALL(name) ::name
#endif
inline constexpr auto& accept = MUSUBI_POSIX_CALL(accept);
inline constexpr auto& bind = MUSUBI_POSIX_CALL(bind);
inline constexpr auto& close = MUSUBI_POSIX_CALL(close);
inline constexpr auto& connect = MUSUBI_POSIX_CALL(connect);
inline constexpr auto& fcntl = MUSUBI_POSIX_CALL(fcntl);
inline constexpr auto& getpeername = MUSUBI_POSIX_CALL(getpeername);
inline constexpr auto& getsockname = MUSUBI_POSIX_CALL(getsockname);
inline constexpr auto& inet_ntop = MUSUBI_POSIX_CALL(inet_ntop);
inline constexpr auto& inet_pton = MUSUBI_POSIX_CALL(inet_pton);
inline constexpr auto& listen = MUSUBI_POSIX_CALL(listen);
inline constexpr auto& poll = MUSUBI_POSIX_CALL(poll);
inline constexpr auto& recv = MUSUBI_POSIX_CALL(recv);
inline constexpr auto& send = MUSUBI_POSIX_CALL(send);
inline constexpr auto& setsockopt = MUSUBI_POSIX_CALL(setsockopt);
inline constexpr auto& shutdown = MUSUBI_POSIX_CALL(shutdown);
inline constexpr auto& socket = MUSUBI_POSIX_CALL(socket);
#undef MUSUBI_POSIX_CALL

#if defined(MUSUBI_POSIX_LWIP)
/// lwIP has no source of randomness: set `options::entropy`.
inline constexpr entropy_source entropy = nullptr;
#else
/// The system's source, if it has one.
bool entropy(std::span<std::byte> into) noexcept;
#endif

/// A broken connection is an error code, not a signal; SO_NOSIGPIPE is used where this flag does
/// not exist.
#if defined(MSG_NOSIGNAL)
inline constexpr int send_flags = MSG_NOSIGNAL;
#else
inline constexpr int send_flags = 0;
#endif

/// The name of this machine, read into `room`; empty if the system has none.
std::string_view own_name(std::span<char> room) noexcept;

/// Whether the system allows sockets for so many clients at once. Raises the process's limit if
/// possible.
[[nodiscard]] bool room_for_sockets(std::size_t clients) noexcept;
/// The error message if it does not.
#if defined(MUSUBI_POSIX_LWIP)
inline constexpr std::string_view no_room_for_sockets =
    "limits: connections + requests need more sockets than MEMP_NUM_NETCONN";
#else
inline constexpr std::string_view no_room_for_sockets =
    "limits: connections + requests need more descriptors than this process may have "
    "(RLIMIT_NOFILE)";
#endif

/// Sets the flags that every descriptor of this port needs. Returns false on error.
bool never_blocks(int descriptor) noexcept;

/// The error means that a call would block.
[[nodiscard]] inline bool would_block() noexcept {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}
/// The error means that the system is temporarily out of descriptors or memory.
[[nodiscard]] inline bool starved() noexcept {
  return errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
}

/// A monotonic clock. Read from one thread.
class monotonic_clock {
 public:
  time_point now() noexcept;

 private:
  time_point latest_{};
#if defined(MUSUBI_POSIX_LWIP)
  std::uint32_t milliseconds_ = 0;  // lwIP's counter, which wraps every 49 days
#endif
};

/// Owns a descriptor and closes it.
class descriptor {
 public:
  explicit descriptor(int owned = -1) noexcept : value_(owned) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() { reset(); }
  void reset(int to = -1) noexcept {
    if (value_ >= 0) (void)sys::close(value_);
    value_ = to;
  }
  [[nodiscard]] int release() noexcept { return std::exchange(value_, -1); }
  [[nodiscard]] int get() const noexcept { return value_; }
  [[nodiscard]] explicit operator bool() const noexcept { return value_ >= 0; }

 private:
  int value_;
};

}  // namespace sys
}  // namespace musubi::posix
