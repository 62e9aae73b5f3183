#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <musubi/async/sleep.hpp>
#include <musubi/hosted/service_manager.hpp>

namespace musubi::service_manager {

namespace {

std::string_view variable(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

template <class Number>
std::optional<Number> number_of(std::string_view text) noexcept {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

void notify([[maybe_unused]] std::string_view assignment) noexcept {
#if defined(__linux__)  // systemd exists only on Linux
  const std::string_view path = variable("NOTIFY_SOCKET");
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof to.sun_path) return;
  std::memcpy(to.sun_path, path.data(), path.size());
  if (to.sun_path[0] == '@') to.sun_path[0] = '\0';  // abstract socket namespace
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  (void)::sendto(socket, assignment.data(), assignment.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&to), size);
  ::close(socket);
#endif
}

std::optional<duration> watchdog() noexcept {
  if (const std::string_view whose = variable("WATCHDOG_PID");
      !whose.empty() && number_of<pid_t>(whose) != ::getpid()) {
    return std::nullopt;
  }
  const auto microseconds = number_of<duration::rep>(variable("WATCHDOG_USEC"));
  if (!microseconds || *microseconds <= 0) return std::nullopt;
  return duration(*microseconds);
}

task<> keep_alive() {
  const std::optional<duration> within = watchdog();
  while (within) {
    notify("WATCHDOG=1");
    co_await sleep(*within / 3);
  }
}

}  // namespace musubi::service_manager
