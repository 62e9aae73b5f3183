#pragma once
// The rooms of several programs, shared over an MQTT broker.
#include "rooms.hpp"

#include <string>
#include <string_view>

#include <musubi/mqtt/link.hpp>

namespace chat_room {

/// What one program publishes:
///
///     musubi/chat/sites/kitchen            {"site":"kitchen","online":true}; false by its will
///     musubi/chat/rooms/general/kitchen    who is there, and their newest messages: `room_news`
///
/// Both are retained, so whoever starts later, or again, finds them.
class shared_rooms {
 public:
  shared_rooms(musubi::mqtt::options broker, const site_name& site);

  [[nodiscard]] musubi::mqtt::link& hub() noexcept { return hub_; }
  /// Takes what comes from the others, as long as the host runs. Spawn it, then the link.
  [[nodiscard]] musubi::task<> run();

  void handle_info(const room_news& news) noexcept;
  void handle_info(const site_state& now) noexcept { site_changed(now); }

 private:
  [[nodiscard]] musubi::mqtt::options with_will(musubi::mqtt::options broker);

  site_name site_;
  std::string topic_, online_, offline_;
  musubi::topic<site_state> sites_;
  musubi::mqtt::link hub_;
};

}  // namespace chat_room
