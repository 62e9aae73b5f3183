#include "letterbox.hpp"
#include "web_ui.hpp"

#include <musubi/asio/host.hpp>

struct browser {
  using roots = musubi::roots<letterbox>;
};

int main(int argc, char** argv) {
  musubi::asio::host<browser> host{musubi::asio::from_command_line(
      argc, argv, "A letterbox: files from browsers land in a folder.", {},
      {{"FOLDER", office.folder, "where the files go"}})};
  host.assets(web_ui);
  host.log().write(musubi::log_level::info, {"letters go to ", office.folder});
  return host.run();
}
