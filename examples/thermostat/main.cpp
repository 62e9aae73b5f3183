/// The thermostat on an operating system: the store, its page and its model are the boards'.

#include "application/thermostat.hpp"
#include "web.hpp"

#include <cstdlib>

#include <musubi/asio/host.hpp>
#include <musubi/async/sleep.hpp>

musubi::topic<home::situation, 2> home::news;
home::controller home::heating{home::news};

namespace {

musubi::task<> control() {
  using namespace std::chrono_literals;
  home::plant room;
  for (;;) {
    for (int i = 0; i < 5; ++i) {
      co_await musubi::sleep(100ms);
      room.step(home::heating.now().heating);
    }
    home::heating.measured(room.read());
  }
}

}  // namespace

int main(int count, char** arguments) {
  const int port = count > 1 ? std::atoi(arguments[1]) : 4000;
  musubi::asio::host<home::home_socket> host{{.port = static_cast<std::uint16_t>(port)}};
  host.assets(web);
  if (host.problem().empty()) (void)host.spawn(control());
  return host.run();
}
