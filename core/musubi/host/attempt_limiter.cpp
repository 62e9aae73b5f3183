#include <algorithm>

#include <musubi/host/attempt_limiter.hpp>
#include <musubi/memory/fnv1a.hpp>

namespace musubi {

/// Held for a walk along the table, by hosts that have threads of their own.
class attempt_table::guard {
 public:
  explicit guard(std::atomic_flag& busy) noexcept : busy_(&busy) {
    while (busy_->test_and_set(std::memory_order_acquire)) {
    }
  }
  guard(const guard&) = delete;
  guard& operator=(const guard&) = delete;
  ~guard() { busy_->clear(std::memory_order_release); }

 private:
  std::atomic_flag* busy_;
};

namespace {

/// Tells the secret tried now from the one before, and keeps neither.
std::uint64_t hash_of(std::string_view secret) noexcept {
  return fnv1a(secret).hash();
}

}  // namespace

attempt_table::entry* attempt_table::find(const net::peer_key& peer, time_point now) noexcept {
  for (entry& each : entries_) {
    if (each.count == 0 || !(each.peer == peer)) continue;
    if (now - each.latest < policy_.forgiven_after) return &each;
    each.count = 0;
    return nullptr;
  }
  return nullptr;
}

attempt_table::entry& attempt_table::make(const net::peer_key& peer) noexcept {
  const auto longest_quiet = [](const entry& a, const entry& b) {
    if ((a.count == 0) != (b.count == 0)) return a.count == 0;  // a free one before all others
    return a.latest < b.latest;
  };
  entry& chosen = *std::min_element(entries_.begin(), entries_.end(), longest_quiet);
  if (chosen.count != 0) ++evicted_;
  chosen = {};
  chosen.peer = peer;
  return chosen;
}

duration attempt_table::wait(const net::peer_key& peer, time_point now) noexcept {
  const guard held(busy_);
  const entry* known = find(peer, now);
  return known == nullptr || known->until <= now ? duration::zero() : known->until - now;
}

void attempt_table::failed(const net::peer_key& peer, std::string_view secret,
                           time_point now) noexcept {
  const std::uint64_t hash = hash_of(secret);
  const guard held(busy_);
  entry* known = find(peer, now);
  if (known != nullptr && known->secret == hash) return;
  if (known == nullptr) known = &make(peer);
  known->latest = now;
  known->secret = hash;
  if (known->count != UINT16_MAX) ++known->count;
  if (known->count <= policy_.free) return;
  duration wait = policy_.first_wait;
  for (unsigned i = policy_.free + 1U; i < known->count && wait < policy_.longest_wait; ++i) {
    wait *= 2;
  }
  known->until = now + std::min(wait, policy_.longest_wait);
}

void attempt_table::succeeded(const net::peer_key& peer) noexcept {
  const guard held(busy_);
  for (entry& each : entries_) {
    if (each.peer == peer) each.count = 0;
  }
}

std::uint32_t attempt_table::evicted() noexcept {
  const guard held(busy_);
  return evicted_;
}

const attempt_table::code attempt_table::all_code{
    .wait =
        [](attempt_table& self, std::string_view address, time_point now) noexcept {
          const duration left = self.wait(net::key_of_peer(address), now);
          return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::seconds>(left).count());
        },
    .tried =
        [](attempt_table& self, std::string_view address, std::string_view secret, bool right,
           time_point now) noexcept {
          const net::peer_key key = net::key_of_peer(address);
          if (right) return self.succeeded(key);
          self.failed(key, secret, now);
        }};

}  // namespace musubi
