#include <musubi/posix/internal/wakeup.hpp>

namespace musubi::posix {

namespace {

/// Restores errno, as a signal handler must.
class kept_errno {
 public:
  kept_errno() noexcept = default;
  ~kept_errno() { errno = before_; }
  kept_errno(const kept_errno&) = delete;
  kept_errno& operator=(const kept_errno&) = delete;

 private:
  int before_ = errno;
};

}  // namespace

#if !defined(MUSUBI_POSIX_LWIP)

status pipe_wakeup::open() noexcept {
  int ends[2];
  if (::pipe(ends) != 0) return {errc::exhausted, literal("this program has no descriptor left")};
  reading_.reset(ends[0]);
  writing_.reset(ends[1]);
  if (!sys::never_blocks(ends[0]) || !sys::never_blocks(ends[1])) {
    return fail("pipes of this system block: MUSUBI_POSIX_WAKE_BY_DATAGRAM");
  }
  return {};
}

bool pipe_wakeup::ring() const noexcept {
  const kept_errno around;
  const char any = 0;
  // a full pipe is readable too
  return ::write(writing_.get(), &any, 1) == 1 || errno == EAGAIN || errno == EWOULDBLOCK;
}

void pipe_wakeup::quieten() const noexcept {
  char some[16];
  while (::read(reading_.get(), some, sizeof some) == sizeof some) {
  }
}

#endif

status datagram_wakeup::open() noexcept {
  socket_.reset(sys::socket(AF_INET, SOCK_DGRAM, 0));
  if (!socket_) return {errc::exhausted, literal("this program has no descriptor left")};
  sockaddr_in self{};
  self.sin_family = AF_INET;
  self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof self;
  auto* const address = reinterpret_cast<sockaddr*>(&self);
  if (sys::bind(socket_.get(), address, size) != 0 ||
      sys::getsockname(socket_.get(), address, &size) != 0 ||
      sys::connect(socket_.get(), address, size) != 0 || !sys::never_blocks(socket_.get())) {
    return fail("wake-ups need a loopback interface, and there is none");
  }
  return {};
}

bool datagram_wakeup::ring() const noexcept {
  const kept_errno around;
  const char any = 0;
  return sys::send(socket_.get(), &any, 1, sys::send_flags) == 1;
}

void datagram_wakeup::quieten() const noexcept {
  char some[16];
  while (sys::recv(socket_.get(), some, sizeof some, 0) > 0) {
  }
}

}  // namespace musubi::posix
