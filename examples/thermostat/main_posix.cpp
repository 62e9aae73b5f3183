/// The thermostat over BSD sockets, without a heap: what a task of an RTOS runs. The store, its
/// page and its model are the boards'.

#include "simulation.hpp"
#include "web.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <musubi/posix/host.hpp>

namespace {

/// A device's: all of it is in the program's static memory.
constexpr musubi::limits sizes{.connections = 8,
                               .handshakes = 4,
                               .pages = 8,
                               .channels = 2,
                               .subscriptions = 8,
                               .read_bytes = 2048,
                               .message_bytes = 1024,
                               .large_messages = 0,
                               .decode_bytes = 1024,
                               .topic_bytes = 96,
                               .transmit_bytes = 1024,
                               .backlog_block_bytes = 128,
                               .backlog_blocks = 32,
                               .backlog_bytes = 1024,
                               .mailbox = 2,
                               .mail = {{{128, 8}, {0, 0}, {0, 0}}},
                               .frames = {{{256, 12}, {512, 4}, {1024, 4}, {4096, 4}}}};

using thermostat_host = musubi::posix::host<home::home_socket, sizes>;
thermostat_host* running = nullptr;

}  // namespace

musubi::topic<home::situation, 2> home::news;
home::controller home::heating{home::news};

int main(int count, char** arguments) {
  const int port = count > 1 ? std::atoi(arguments[1]) : 4000;
  static thermostat_host host{{.port = static_cast<std::uint16_t>(port)}};
  const std::string_view problem = host.problem();
  if (!problem.empty()) {
    std::fprintf(stderr, "thermostat_posix: %.*s\n", static_cast<int>(problem.size()),
                 problem.data());
    return 1;
  }
  host.assets(web);
  if (!host.spawn(home::simulate()).ok()) return 1;
  running = &host;
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { running->stop(); });
  return host.run();
}
