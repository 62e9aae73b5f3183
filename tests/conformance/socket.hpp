#pragma once
/// Who connects, and what can be mounted.

#include "stores/alpha_root_store.hpp"
#include "stores/async_root_store.hpp"
#include "stores/beta_root_store.hpp"
#include "stores/board.hpp"
#include "stores/cart.hpp"
#include "stores/event_root_store.hpp"
#include "stores/fragile.hpp"
#include "stores/inbox.hpp"
#include "stores/journal.hpp"
#include "stores/meta_root_store.hpp"
#include "stores/pulse.hpp"
#include "stores/slow.hpp"
#include "stores/stream_root_store.hpp"
#include "stores/toggle_root_store.hpp"
#include "stores/upload_root_store.hpp"
#include "stores/visitor.hpp"
#include "stores/witness.hpp"

#include <musubi/host/host.hpp>

namespace conformance {

struct conformance_socket {
  using roots =
      musubi::roots<alpha_root_store, async_root_store, beta_root_store, event_root_store,
                    meta_root_store, stream_root_store, toggle_root_store, upload_root_store, board,
                    cart, fragile, gate, inbox, journal, pulse, slow, visitor, witness>;

  short_text current_user;               ///< from the query, by handle_connect
  std::optional<short_text> auth_token;  ///< phoenix.js's `authToken`
  std::optional<short_text> theme;       ///< a cookie
  musubi::text<128> joined_topic;        ///< by handle_join, for one root alone

  /// Refuses who comes with `?deny=`.
  musubi::status handle_connect(const musubi::connect_info& info, musubi::connection&) noexcept;
  /// Refuses, or throws, as the mount param `join` asks.
  musubi::status handle_join(const musubi::join_info& info, musubi::connection&);
};

}  // namespace conformance
