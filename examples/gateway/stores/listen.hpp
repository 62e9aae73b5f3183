#pragma once
/// How a store begins to listen to the news.

#include "sampling/feed.hpp"

#include <musubi/host/topic.hpp>

namespace gateway {

/// Subscribes `store` to each feed and hands it what was told last, as if it had just come.
template <class Store, class... Readings>
musubi::status listen(Store& store, musubi::context& context, feed<Readings>&... feeds) {
  musubi::status outcome;
  const auto listen_to = [&](auto& each) {
    outcome = context.subscribe(store, each.topic());
    if (!outcome.ok()) return false;
    store.handle_info(each.latest(), context);
    return true;
  };
  (void)(listen_to(feeds) && ...);
  return outcome;
}

}  // namespace gateway
