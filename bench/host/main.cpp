/// The measured host. After SIGTERM, it prints the number of heap requests that its first core made
/// while it served; the other cores do the same work.

#include "host/echo.hpp"
#include "host/stores.hpp"
#include "support/counting_allocator.hpp"

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string>

#include <musubi/asio/host.hpp>
#include <musubi/async/sleep.hpp>

namespace {

using musubi::test::heap_scope;
using musubi::test::heap_watch;

musubi::limits limits_for(std::uint32_t clients) {
  musubi::limits chosen;
  chosen.connections = clients;
  chosen.requests = 256;
  chosen.pages = clients;
  chosen.subscriptions = clients;
  chosen.topic_bytes = 40;  // "1musubi:connection:App.Counter:c1000000" is 39
  // for the messages that a conformance suite sends to /echo
  chosen.message_bytes = 1U << 20U;
  chosen.large_messages = 32;
  chosen.backlog_bytes = 4U << 20U;
  chosen.backlog_blocks = 32768;
  return chosen;
}

/// Counts heap requests from the first turn of the loop on; earlier ones belong to start-up.
musubi::task<> begin_watch(heap_watch& serving) {
  for (int turns = 0; turns < 2; ++turns) co_await musubi::sleep(std::chrono::milliseconds(1));
  serving.reset();
}

}  // namespace

int main(int argc, char** argv) {
  std::uint32_t clients = 10100;
  unsigned cores = 1;
  std::string unix_path;
  const std::initializer_list<musubi::program::option> more{
      {"--clients NUMBER", musubi::program::between(clients, 1, 1000000),
       "most clients of each core"},
      {"--cores NUMBER", musubi::program::between(cores, 1, musubi::max_cores),
       "number of threads to serve from"},
      {"--unix PATH", unix_path, "listen on this Unix socket, as --bind unix:PATH"}};
  auto options = musubi::asio::from_command_line(
      argc, argv, "The host that is measured; ended, it tells what it asked of the heap.",
      {.port = 4100}, more);

  options.cores = cores;
  if (!unix_path.empty()) options.unix_path = unix_path;
  options.limits = limits_for(clients);
  options.serve.endpoints = musubi::bench::endpoints;
  options.serve.metrics_path = "/metrics";
  options.serve.share_by_peer = false;  // all clients are on this machine
  musubi::asio::host<musubi::bench::socket> host(options);

  heap_watch serving(heap_scope::this_thread);
  if (!host.problem().empty()) return host.run();  // prints the problem
  if (!host.spawn(begin_watch(serving)).ok()) return 1;
  const int code = host.run();
  std::printf("heap requests while serving: %zu\n", serving.allocations());
  return code;
}
