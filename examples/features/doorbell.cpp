#include "doorbell.hpp"

#include "inspector.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<doorbell>;
};

int main(int argc, char** argv) {
  const auto options = musubi::asio::from_command_line(argc, argv, "A doorbell: push events.");
  musubi::asio::host<browser> host{options};
  host.assets(inspector);  // a page made of the stores
  return host.run();
}
