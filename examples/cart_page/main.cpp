#include "stores/cart_page_store.hpp"
#include "web_ui.hpp"

#include <musubi/asio/host.hpp>

struct cart_socket {
  using roots = musubi::roots<cart_page::cart_page_store>;
};

musubi::log* log_of_the_program = nullptr;

int main(int argc, char** argv) {
  const auto options =
      musubi::asio::from_command_line(argc, argv, "A cart that all browsers fill together.");
  musubi::asio::host<cart_socket> host{options};
  log_of_the_program = &host.log();
  cart_page::on_audit = [](const cart_page::audit_entry& done) noexcept {
    log_of_the_program->write(musubi::log_level::info,
                              {done.command, " in ", done.cart, " by ", done.user});
  };
  host.assets(web_ui);
  return host.run();
}
