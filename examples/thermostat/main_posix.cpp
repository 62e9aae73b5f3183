/// The thermostat over BSD sockets, without a heap, as a task of an RTOS would run it, with the
/// same store, page and model as on the boards.

#include "simulation.hpp"
#include "web.hpp"

#include <csignal>

#include <musubi/hosted/bind_address.hpp>
#include <musubi/hosted/command_line.hpp>
#include <musubi/hosted/log.hpp>
#include <musubi/posix/host.hpp>

namespace {

/// Limits of a device: all of it is in static memory.
constexpr musubi::limits sizes{.connections = 8,
                               .requests = 4,
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
                               .frames = {{{256, 12}, {512, 4}, {1024, 4}, {4096, 4}}},
                               .posts = {}};

using thermostat_host = musubi::posix::host<home::home_socket, sizes>;
thermostat_host* running = nullptr;

}  // namespace

constinit home::controller home::heating;

int main(int argc, char** argv) {
  musubi::posix::options chosen;
  auto level = musubi::log_level::notice;
  musubi::program::read(argc, argv, "A thermostat over BSD sockets, all its memory static.",
                        {{"--bind ADDRESS", chosen.bind, musubi::program::take_address,
                          "listen on this IP address", chosen.bind},
                         {"--port NUMBER", chosen.port, "listen on this port; 0: any free port"},
                         {"--log-level LEVEL", level, "log messages up to this level"}});
  static musubi::log log(level);
  chosen.serve.listener = &log;
  static thermostat_host host{chosen};
  if (!host.problem().empty()) {
    musubi::standard_error().write(musubi::log_level::error, host.problem());
    return 1;
  }
  host.assets(web);
  if (!host.spawn(home::simulate()).ok()) return 1;
  running = &host;
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, [](int) { running->stop(); });
  return host.run();
}
