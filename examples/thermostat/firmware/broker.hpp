#pragma once
/// What the board shares with other programs over an MQTT broker, in the firmware that has it.

#include <musubi/async/task.hpp>
#include <musubi/mqtt/any_link.hpp>

namespace board {

/// What `plant/board/reading` holds, for everybody who subscribes to it.
struct shared_reading {
  musubi::text<16> site;
  musubi::fixed<1> temperature;  ///< degrees
  musubi::fixed<1> outside;
  bool heating = false;
};

/// Sets up the link to the broker. Null if something is wrong with it, which it then says.
[[nodiscard]] musubi::mqtt::any_link* open_link() noexcept;
/// Publishes the readings, and the target whenever somebody sets it here.
[[nodiscard]] musubi::task<> publish_heating();
/// Sets the target when somebody sets it elsewhere.
[[nodiscard]] musubi::task<> follow_target();

/// Serves the link once something was measured.
[[nodiscard]] musubi::task<> serve_link(musubi::mqtt::any_link& hub);

/// Shares the readings and the target of the heating, as long as `host` runs.
template <class Host>
[[nodiscard]] bool share_heating(Host& host) {
  musubi::mqtt::any_link* const hub = open_link();
  return hub != nullptr && host.spawn(publish_heating()).ok() && host.spawn(follow_target()).ok() &&
         host.spawn(serve_link(*hub)).ok();
}

}  // namespace board
