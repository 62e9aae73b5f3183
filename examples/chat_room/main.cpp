#include "attachment_get.hpp"
#include "stores/chat_room_store.hpp"
#include "web_ui.hpp"

#include <musubi/asio/host.hpp>

struct chat_socket {
  using roots = musubi::roots<chat_room::chat_room_store>;
  using gets = musubi::gets<chat_room::attachment_get>;
};

int main(int argc, char** argv) {
  auto options = musubi::asio::from_command_line(
      argc, argv, "A chat room: messages, who is there, and shared files.");
  // A history of a hundred messages is loaded in one task, whose frame holds it, and is sent at
  // once.
  options.limits.pages = 512;
  options.limits.connections = 256;
  options.limits.frames = {{{1024, 512}, {4096, 64}, {65'536, 64}, {262'144, 64}}};
  options.limits.outgoing_per_page = 4096;
  options.limits.outgoing_blocks = 16384;
  musubi::asio::host<chat_socket> host{options};
  host.assets(web_ui);
  return host.run();
}
