#include "washer.hpp"

#include "inspector.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<washer>;
};

int main(int argc, char** argv) {
  const auto options = musubi::asio::from_command_line(
      argc, argv, "A washing machine: unions, one of several structs.");
  musubi::asio::host<browser> host{options};
  host.assets(inspector);  // a page made of the stores
  return host.run();
}
