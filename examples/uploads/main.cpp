#include "letterbox.hpp"
#include "web_ui.hpp"

#include <cstdio>
#include <cstdlib>

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<letterbox>;
};

// uploads [FOLDER [PORT]]
int main(int count, char** arguments) {
  if (count > 1) office.folder = arguments[1];
  const int port = count > 2 ? std::atoi(arguments[2]) : 4000;
  musubi::asio::host<browser> host{{.port = static_cast<std::uint16_t>(port)}};
  host.assets(web_ui);
  std::printf("letters go to %s, from http://127.0.0.1:%u/\n", office.folder.data(),
              static_cast<unsigned>(host.port()));
  std::fflush(stdout);
  return host.run();
}
