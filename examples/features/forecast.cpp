#include "forecast.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<weather_station>;
};

int main() {
  musubi::asio::host<browser> host{{.port = 4000}};
  return host.run();
}
