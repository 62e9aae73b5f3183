#include "vault.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<vault>;
};

int main(int argc, char** argv) {
  const auto options =
      musubi::asio::from_command_line(argc, argv, "A vault: hooks that decide who may do what.");
  musubi::asio::host<browser> host{options};
  return host.run();
}
