/// The stores of the captures (contract section 17.1), and stores that break, wait and publish, on
/// a port of its own choice: what tests/e2e talks to.

#include "options.hpp"
#include "socket.hpp"

#include <array>

#include <musubi/asio/host.hpp>

int main(int count, char** arguments) {
  conformance::options chosen = conformance::parse(count, arguments);
  constexpr std::array<std::string_view, 1> friends{"https://friend.example"};
  chosen.host.serve.metrics_path = "/metrics";
  chosen.host.serve.allowed_origins = friends;
  musubi::asio::host<conformance::conformance_socket> host{chosen.host};
  if (!host.problem().empty()) return host.run();  // which tells it
  if (!host.spawn(conformance::pulse::run(chosen.beat)).ok()) return 1;
  return host.run();
}
