#include <algorithm>

#include <musubi/memory/slice.hpp>
#include <musubi/posix/system.hpp>

#if defined(MUSUBI_POSIX_LWIP)
#include <lwip/netif.h>
#endif

#if !defined(MUSUBI_POSIX_LWIP) && !defined(__APPLE__) && __has_include(<sys/random.h>)
#include <sys/random.h>
#define MUSUBI_POSIX_GETRANDOM
#endif

#if !defined(MUSUBI_POSIX_LWIP) && __has_include(<musubi/hosted/internal/descriptors.hpp>)
#include <musubi/hosted/internal/descriptors.hpp>
#define MUSUBI_POSIX_HOSTED
#endif

namespace musubi::posix::sys {

bool never_blocks(int descriptor) noexcept {
  const int flags = sys::fcntl(descriptor, F_GETFL, 0);
  if (flags < 0 || sys::fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0) return false;
#if defined(F_SETFD)
  (void)sys::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
#endif
  return true;
}

std::string_view own_name(std::span<char> room) noexcept {
#if defined(MUSUBI_POSIX_LWIP) || defined(__ZEPHYR__) || defined(ESP_PLATFORM)
#if defined(MUSUBI_POSIX_LWIP) && LWIP_NETIF_HOSTNAME
  if (netif_default != nullptr && netif_default->hostname != nullptr) {
    return slice(netif_default->hostname, 0, room.size());
  }
#endif
  (void)room;
  return {};
#else
  if (::gethostname(room.data(), room.size()) != 0) return {};
  const std::string_view whole(room.data(), room.size());
  return slice(whole, 0, whole.find('\0'));
#endif
}

#if defined(MUSUBI_POSIX_LWIP)

bool room_for_sockets(std::size_t clients) noexcept {
  constexpr std::size_t others = 3;  // the listener, and both ends of the wake-up
  return clients + others <= MEMP_NUM_NETCONN;
}

time_point monotonic_clock::now() noexcept {
  const std::uint32_t counted = ::sys_now();
  latest_ += std::chrono::milliseconds(counted - std::exchange(milliseconds_, counted));
  return latest_;
}

#else

bool room_for_sockets([[maybe_unused]] std::size_t clients) noexcept {
#if defined(MUSUBI_POSIX_HOSTED)
  const std::uint64_t needed = clients + hosted::descriptors_of_program;
  return hosted::allow_descriptors(needed) >= needed;
#else
  return true;
#endif
}

time_point monotonic_clock::now() noexcept {
  timespec read{};
  (void)::clock_gettime(CLOCK_MONOTONIC, &read);
  const time_point told(duration(std::int64_t{read.tv_sec} * 1'000'000 + read.tv_nsec / 1000));
  return latest_ = std::max(latest_, told);
}

namespace {
ssize_t some_entropy(std::span<std::byte> into) noexcept {
#if defined(MUSUBI_POSIX_GETRANDOM)
  return ::getrandom(into.data(), into.size(), 0);
#else
  // opened once and kept open, because later there may be no descriptor left
  static const int device = ::open("/dev/urandom", O_RDONLY);
  return ::read(device, into.data(), into.size());
#endif
}
}  // namespace

bool entropy(std::span<std::byte> into) noexcept {
  while (!into.empty()) {
    const ssize_t bytes = some_entropy(into);
    if (bytes == 0 || (bytes < 0 && errno != EINTR)) return false;
    if (bytes > 0) into = into.subspan(static_cast<std::size_t>(bytes));
  }
  return true;
}

#endif

}  // namespace musubi::posix::sys
