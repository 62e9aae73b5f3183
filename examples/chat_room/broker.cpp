#include "broker.hpp"

namespace chat_room {

namespace {

musubi::mqtt::link_limits limits() {
  musubi::mqtt::link_limits chosen;
  chosen.payload_bytes = 48 * 1024;  // the longest `room_news`, of nothing but ordinary characters
  chosen.waiting_bytes = 2 * chosen.payload_bytes;
  chosen.received_bytes = 8 * chosen.payload_bytes;
  return chosen;
}

}  // namespace

shared_rooms::shared_rooms(musubi::mqtt::options broker, const site_name& site)
    : site_(site),
      topic_("musubi/chat/sites/" + std::string(site.view())),
      online_(R"({"site":")" + std::string(site.view()) + R"(","online":true})"),
      offline_(R"({"site":")" + std::string(site.view()) + R"(","online":false})"),
      hub_(with_will(broker)) {
  hub_.share(news_of_rooms, "musubi/chat/rooms/{room}/{site}", musubi::mqtt::keeping::latest);
  hub_.receive(sites_, "musubi/chat/sites/{site}");
}

musubi::mqtt::options shared_rooms::with_will(musubi::mqtt::options broker) {
  broker.will = {.topic = topic_, .offline = offline_, .online = online_};
  broker.client = topic_;
  broker.limits = limits();
  return broker;
}

musubi::task<> shared_rooms::run() {
  share_as(site_);
  const musubi::topic<room_news>::listener<shared_rooms> of_rooms(news_of_rooms, *this);
  const musubi::topic<site_state>::listener<shared_rooms> of_sites(sites_, *this);
  musubi::watch<musubi::mqtt::link_state>::receiver states(hub_.state());
  while (const auto now = co_await states.changed()) {
    sharing.update([&](sharing_state& here) {
      here.connected = now->connected;
      here.error = now->error;
    });
  }
}

/// Also called with what this program publishes, in which nothing is new.
void shared_rooms::handle_info(const room_news& news) noexcept {
  if (room* const where = all_rooms.enter(news.room)) where->take(news);
}

}  // namespace chat_room
