#include "platforms.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<station>;
};

int main(int argc, char** argv) {
  const auto options =
      musubi::asio::from_command_line(argc, argv, "A railway station: news for one store.");
  musubi::asio::host<browser> host{options};
  return host.run();
}
