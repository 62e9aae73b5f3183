/// The host that is measured: bench_host [PORT [CLIENTS]]; port 0 is any free one. SIGTERM ends it;
/// it then tells what it asked of the heap while it served.

#include "host/echo.hpp"
#include "host/stores.hpp"
#include "support/counting_allocator.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

#include <musubi/asio/host.hpp>
#include <musubi/async/sleep.hpp>

namespace {

using musubi::test::heap_scope;
using musubi::test::heap_watch;

/// Descriptors for all clients, as far as the system lets this process go.
void raise_descriptor_limit() {
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return;
  descriptors.rlim_cur = descriptors.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &descriptors);
}

musubi::limits limits_for(std::uint32_t clients) {
  musubi::limits chosen;
  chosen.connections = clients;
  chosen.handshakes = 256;
  chosen.pages = clients;
  chosen.subscriptions = clients;
  chosen.topic_bytes = 64;  // "1musubi:connection:App.Counter:c10000" is 36
  // what a conformance suite sends to /echo
  chosen.message_bytes = 1U << 20U;
  chosen.large_messages = 32;
  chosen.backlog_bytes = 4U << 20U;
  chosen.backlog_blocks = 32768;
  return chosen;
}

/// From when the loop has turned, timers and all: what was taken before is start-up.
musubi::task<> begin_watch(heap_watch& serving) {
  for (int turns = 0; turns < 2; ++turns) co_await musubi::sleep(std::chrono::milliseconds(1));
  serving.reset();
}

}  // namespace

int main(int argc, char** argv) {
  const long port = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 4100;
  const long clients = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 10100;
  if (port < 0 || port > 65535 || clients < 1 || clients > 1000000) {
    std::fprintf(stderr, "usage: bench_host [PORT [CLIENTS]]\n");
    return 2;
  }
  raise_descriptor_limit();

  musubi::asio::options options;
  options.port = static_cast<std::uint16_t>(port);
  options.limits = limits_for(static_cast<std::uint32_t>(clients));
  options.serve.endpoints = musubi::bench::endpoints;
  options.serve.figures_path = "/figures";
  options.serve.share_by_peer = false;  // all clients are on this machine
  musubi::asio::host<musubi::bench::socket> host(options);

  if (host.problem().empty()) std::printf("listening on %u\n", unsigned{host.port()});
  std::fflush(stdout);
  heap_watch serving(heap_scope::this_thread);
  if (!host.spawn(begin_watch(serving)).ok()) return 1;
  const int code = host.run();
  std::printf("heap requests while serving: %zu\n", serving.allocations());
  return code;
}
