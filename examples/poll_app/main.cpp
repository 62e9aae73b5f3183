#include "stores/dashboard_store.hpp"
#include "stores/poll_room_store.hpp"
#include "web_ui.hpp"

#include <musubi/asio/host.hpp>

struct poll_socket {
  using roots = musubi::roots<poll_app::dashboard_store, poll_app::poll_room_store>;
};

int main(int argc, char** argv) {
  const auto options = musubi::asio::from_command_line(
      argc, argv, "Live polls: vote in one browser, and every other one shows it.");
  musubi::asio::host<poll_socket> host{options};
  host.assets(web_ui);
  return host.run();
}
