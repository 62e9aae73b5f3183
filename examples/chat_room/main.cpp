#include "attachment_get.hpp"
#include "stores/chat_room_store.hpp"
#include "web_ui.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include <musubi/asio/host.hpp>

#if defined(CHAT_ROOM_SHARES)
#include "broker.hpp"

#include <musubi/mqtt/broker_url.hpp>
#endif

struct chat_socket {
  using roots = musubi::roots<chat_room::chat_room_store>;
  using gets = musubi::gets<chat_room::attachment_get>;
};

namespace {

#if defined(CHAT_ROOM_SHARES)
using musubi::program::complaint;

/// What the command line says of the broker.
struct sharing_options {
  musubi::mqtt::options broker = {.host = {}};
  std::string_view authority;
  chat_room::site_name name;
};
sharing_options chosen;
std::optional<chat_room::shared_rooms> shared;

complaint take_broker(std::string_view url, musubi::mqtt::options& into) {
  return musubi::mqtt::read_broker_url(url, into);
}
complaint take_name(std::string_view name, chat_room::site_name& into) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  if (name.empty() || name.find_first_not_of(allowed) != std::string_view::npos ||
      !into.assign(name)) {
    return "not 1 to 16 of a to z, 0 to 9, - and _";
  }
  return {};
}

/// Shares the rooms, if a broker was named. False if that cannot be done.
template <class Host>
bool share_rooms(Host& host) {
  if (chosen.broker.host.empty() || !host.problem().empty()) return true;
  if (chosen.name.empty()) chosen.name = chat_room::site_name::clipped("room-", host.port());
  // The command line would show them to every user of the machine.
  if (const char* user = std::getenv("MQTT_USER")) chosen.broker.user = user;
  if (const char* password = std::getenv("MQTT_PASSWORD")) chosen.broker.password = password;
  chosen.broker.ca_file = chosen.authority;
  shared.emplace(chosen.broker, chosen.name);
  shared->hub().log_to(host.log());
  if (const auto wrong = shared->hub().problem(); !wrong.empty()) {
    std::fprintf(stderr, "chat_room: %s\n", std::string(wrong).c_str());
    return false;
  }
  return host.spawn(shared->run()).ok() && host.spawn(shared->hub().run()).ok();
}
#endif

musubi::asio::options configure(int argc, char** argv) {
  return musubi::asio::from_command_line(
      argc, argv, "A chat room: messages, who is there, and shared files.", {}, {
#if defined(CHAT_ROOM_SHARES)
        {"--broker URL", chosen.broker, take_broker,
         "share the rooms with others over this MQTT broker, as\nin mqtt://127.0.0.1:1883; "
         "$MQTT_USER and $MQTT_PASSWORD\nare its user and password"},
            {"--broker-ca FILE", chosen.authority,
             "speak TLS with the broker, whose certificate is of this\nauthority (PEM)"},
            {"--room NAME", chosen.name, take_name, "the name of this program among them",
             "room- and the port"},
#endif
      });
}

}  // namespace

int main(int argc, char** argv) {
  auto options = configure(argc, argv);
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
#if defined(CHAT_ROOM_SHARES)
  if (!share_rooms(host)) return 1;
#endif
  return host.run();
}
