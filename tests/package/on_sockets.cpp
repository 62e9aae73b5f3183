// A program for an RTOS: a store on its sockets, in static memory; other tasks set what it shows.
#include "lamp.hpp"

#include <musubi/host/watch.hpp>
#include <musubi/posix/host.hpp>

#if defined(MUSUBI_SINGLE_THREADED) || !defined(MUSUBI_SMALL_NUMBERS) || defined(MUSUBI_TELEMETRY)
#error "an RTOS has tasks, and little flash"
#endif

constinit musubi::watch<bool> is_on;

lamp::State lamp::render() const {
  return {.on = is_on.get()};
}

namespace {

constexpr musubi::limits sizes{.connections = 2, .requests = 2, .pages = 2, .channels = 2};

bool no_entropy(std::span<std::byte>) noexcept {
  return true;  // a test compiles this, and runs it for a moment
}

}  // namespace

int main() {
  static musubi::posix::host<lamp_socket, sizes> host{
      {.bind = "127.0.0.1", .port = 0, .entropy = no_entropy}};
  if (!host.problem().empty()) return 1;
  is_on.set(true);
  host.stop();  // before it runs: it returns at once
  return host.run();
}
