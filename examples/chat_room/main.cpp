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
  // A browser is one connection with one page.
  options.limits.connections = 256;
  options.limits.pages = 256;
  // All of them may load at once, as after a restart: the history and who is there are a task each,
  // of a frame of up to 256 bytes and one of up to 512. The other frames are for sent messages.
  options.limits.frames = {{{256, 512}, {512, 768}, {1024, 256}, {4096, 16}}};
  // A history of a hundred messages is sent at once: 400 blocks of what people write, and fewer
  // than 2560 even of nothing but control characters.
  options.limits.outgoing_per_page = 2560;
  options.limits.outgoing_blocks = 16384;
  musubi::asio::host<chat_socket> host{options};
  host.assets(web_ui);
  return host.run();
}
