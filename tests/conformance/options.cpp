#include "options.hpp"

#include <musubi/asio/command_line.hpp>

namespace conformance {

options parse(int argc, const char* const* argv) {
  options made;
  unsigned cores = made.host.cores;
  unsigned share_by_peer = 1;
  std::string_view build;
  musubi::limits sizes;
  made.host = musubi::asio::from_command_line(
      argc, argv, "The stores that tests/e2e talks to.", {},
      {{"--cores NUMBER", cores, "hosts, one thread each"},
       {"--connections NUMBER", sizes.connections, "WebSockets at once"},
       {"--requests NUMBER", sizes.requests, "HTTP requests at once"},
       {"--share-by-peer NUMBER", musubi::program::between(share_by_peer, 0, 1),
        "1: one address has no more than its share of all"},
       {"--pages NUMBER", sizes.pages, "mounted roots at once"},
       {"--message-bytes NUMBER", sizes.message_bytes, "the largest message"},
       {"--idle-timeout MILLISECONDS", sizes.idle_timeout, "without a byte from the client"},
       {"--handler-timeout MILLISECONDS", sizes.handler_timeout, "for one handler"},
       {"--beat MILLISECONDS", made.beat, "between two beats of Conformance.Stores.Pulse"},
       {"--build TEXT", build, "told to every page that joins"}});
  made.host.cores = cores;
  made.host.limits = sizes;
  made.host.serve.share_by_peer = share_by_peer != 0;
  made.host.serve.build = build;
  return made;
}

}  // namespace conformance
