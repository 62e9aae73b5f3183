#include "lamp.hpp"
#include "web_ui.hpp"

#include <musubi/asio/host.hpp>

int main(int argc, char** argv) {
  const auto options =
      musubi::asio::from_command_line(argc, argv, "starter: a lamp in every browser.");
  musubi::asio::host<lamp_socket> host{options};
  host.assets(web_ui);  // the page, linked into this program
  return host.run();
}
