#pragma once
/// Lets a store follow watched values.

#include <musubi/musubi.hpp>

namespace gateway {

/// Lets `store` follow each of `news`, and passes it the current values, as if they had just
/// changed.
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
