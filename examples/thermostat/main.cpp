/// The thermostat on an operating system, with the same store, page and model as on the boards.

#include "simulation.hpp"
#include "web.hpp"

#include <musubi/asio/host.hpp>

constinit home::controller home::heating;

int main(int argc, char** argv) {
  musubi::asio::host<home::home_socket> host{musubi::asio::from_command_line(
      argc, argv, "A thermostat and the room that it heats, simulated.")};
  host.assets(web);
  if (host.problem().empty()) (void)host.spawn(home::simulate());
  return host.run();
}
