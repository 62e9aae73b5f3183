/// The stores of the captures (contract section 17.1), and stores that break, wait and publish, on
/// a port of its own choice: what tests/e2e talks to.

#include "options.hpp"
#include "socket.hpp"

#include <array>

#include <musubi/asio/host.hpp>

int main(int count, char** arguments) {
  const conformance::options chosen = conformance::parse(count, arguments);
  constexpr std::array<std::string_view, 1> friends{"https://friend.example"};
  musubi::asio::host<conformance::conformance_socket> host{{
      .port = chosen.port,
      .cores = chosen.cores,
      .limits = chosen.limits,
      .serve = {.figures_path = "/metrics",
                .allowed_origins = friends,
                .share_by_peer = chosen.share_by_peer,
                .build = chosen.build},
  }};
  if (!host.problem().empty()) return host.run();  // which tells it
  const musubi::status beating =
      host.spawn(conformance::pulse::run(std::chrono::milliseconds(chosen.beat)));
  if (!beating.ok()) return 1;
  std::printf("listening on %u\n", static_cast<unsigned>(host.port()));
  std::fflush(stdout);
  return host.run();
}
