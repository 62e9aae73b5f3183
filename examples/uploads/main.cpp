#include "letterbox.hpp"
#include "web_ui.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<letterbox>;
};

int main(int argc, char** argv) {
  musubi::asio::host<browser> host{musubi::asio::from_command_line(
      argc, argv, "A letterbox: stores files from browsers in a folder.", {},
      {{"FOLDER", office.folder, "folder for the files"}})};
  host.assets(web_ui);
  host.log().write(musubi::log_level::info, {"letters are stored in ", office.folder});
  return host.run();
}
