/// The thermostat on an operating system: the store, its page and its model are the boards'.

#include "simulation.hpp"
#include "web.hpp"

#include <cstdlib>

#include <musubi/asio/host.hpp>

musubi::topic<home::situation, 2> home::news;
home::controller home::heating{home::news};

int main(int count, char** arguments) {
  const int port = count > 1 ? std::atoi(arguments[1]) : 4000;
  musubi::asio::host<home::home_socket> host{{.port = static_cast<std::uint16_t>(port)}};
  host.assets(web);
  if (host.problem().empty()) (void)host.spawn(home::simulate());
  return host.run();
}
