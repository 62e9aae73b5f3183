#include "logbook.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<logbook>;
};

int main() {
  musubi::asio::host<browser> host{{.port = 4000}};
  return host.run();
}
