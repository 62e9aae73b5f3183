#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/connection.hpp>
#include <musubi/host/internal/root_channel.hpp>
#include <musubi/host/internal/shares.hpp>
#include <musubi/net/internal/peer_text.hpp>
#include <musubi/store/upload/internal/upload_table.hpp>

namespace musubi {

namespace {

// every page of a host writes to a root_channel
connection& client_of(page_sink& sink) noexcept {
  return static_cast<root_channel&>(sink).owner();
}

/// The number of pages of this connection, without the root that is being mounted.
std::size_t pages_of(connection& client) noexcept {
  std::size_t count = 0;
  for (root_channel* each = client.first_root(); each != nullptr; each = each->next_root()) ++count;
  return count;
}

std::size_t uploads_of(connection& client) noexcept {
  std::size_t count = 0;
  for (root_channel* each = client.first_root(); each != nullptr; each = each->next_root()) {
    if (const auto* table = each->mounted().uploads()) count += table->size();
  }
  return count;
}

struct peer_share {
  std::uint32_t peer::*held;
  std::uint32_t most;
  std::string_view limit;
};

peer_share share_of_peer(const limits& limit, shared_pool what) noexcept {
  switch (what) {
    case shared_pool::pages:
      return {&peer::pages, limit.pages_of_peer(), "pages_per_peer"};
    case shared_pool::subscriptions:
      return {&peer::subscriptions, limit.subscriptions_of_peer(), "subscriptions_per_peer"};
    case shared_pool::outgoing:
      return {&peer::outgoing, limit.outgoing_of_peer(), "outgoing_per_peer"};
    case shared_pool::uploads:
      break;
  }
  return {&peer::uploads, limit.uploads_of_peer(), "uploads_per_peer"};
}

share_end take(page_sink& of, shared_pool what) noexcept {
  connection& client = client_of(of);
  host_core& host = client.host();
  const limits& limit = host.configured();
  const auto exceeds = [&](std::string_view which, share_end end) {
    ++host.counted().shares_exceeded;
    if (telemetry* to = host.listener()) {
      to->on_share_exceeded({net::peer_text(client.stream()), which});
    }
    return end;
  };
  if (what == shared_pool::pages && pages_of(client) >= limit.pages_of_connection()) {
    return exceeds("pages_per_connection", share_end::of_connection);
  }
  if (what == shared_pool::uploads && uploads_of(client) >= limit.uploads_of_connection()) {
    return exceeds("uploads_per_connection", share_end::of_connection);
  }
  if (peer* const from = client.from()) {
    const peer_share share = share_of_peer(limit, what);
    if (from->*share.held >= share.most) return exceeds(share.limit, share_end::of_peer);
    ++(from->*share.held);
  }
  return share_end::none;
}

void give(page_sink& of, shared_pool what) noexcept {
  connection& client = client_of(of);
  if (peer* const from = client.from()) {
    --(from->*share_of_peer(client.host().configured(), what).held);
  }
}

}  // namespace

const share_keeper shares_of_clients{.take = &take, .give = &give};

}  // namespace musubi
