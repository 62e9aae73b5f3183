#pragma once
/// How a store begins to listen to the news.

#include <musubi/musubi.hpp>

namespace gateway {

/// Lets `store` follow each of `news`, and hands it what that is now, as if it had just come.
template <class Store, class... Readings>
musubi::status listen(Store& store, musubi::context& context, musubi::watch<Readings>&... news) {
  musubi::status outcome;
  const auto listen_to = [&](auto& each) {
    outcome = context.follow(store, each);
    if (!outcome.ok()) return false;
    store.handle_info(each.get(), context);
    return true;
  };
  (void)(listen_to(news) && ...);
  return outcome;
}

}  // namespace gateway
