#include "letterbox.hpp"

#include <cstdio>

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<letterbox>;
};

int main(int count, char** arguments) {
  if (count > 1) office.folder = arguments[1];
  std::printf("letters go to %s\n", office.folder.data());
  musubi::asio::host<browser> host{{.port = 4000}};
  return host.run();
}
