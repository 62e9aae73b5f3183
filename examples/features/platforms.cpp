#include "platforms.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<station>;
};

int main() {
  musubi::asio::host<browser> host{{.port = 4000}};
  return host.run();
}
