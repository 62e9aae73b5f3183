#include <algorithm>
#include <openssl/ssl.h>

#include <musubi/net/internal/peer_text.hpp>
#include <musubi/tls/guard.hpp>
#include <musubi/tls/internal/settings.hpp>
#include <musubi/tls/internal/stream.hpp>
#include <musubi/tls/memory.hpp>

namespace musubi::tls {

namespace {

/// Steps of handshakes computed in one turn, half a millisecond each. Others wait for the next, so
/// that a storm of them delays everybody else by no more than this.
constexpr std::uint32_t steps_per_turn = 8;
/// How long a handshake may take while others wait, divided by the number of them, as for request
/// heads.
constexpr duration patience = std::chrono::seconds(2);

pool_metrics memory_metrics() noexcept {
  const memory_use use = memory::use();
  return {"tls_memory",
          1,
          static_cast<std::uint32_t>(use.bytes),
          static_cast<std::uint32_t>(use.used),
          static_cast<std::uint32_t>(use.high_water),
          static_cast<std::uint32_t>(use.failures)};
}

}  // namespace

std::size_t guard::bytes(const sizes& limit) noexcept {
  carver measure;
  (void)block_pool("tls_connections", measure, sizeof(stream), limit.connections);
  (void)block_pool("tls_unsent", measure, stream::unsent_bytes, limit.connections);
  return measure.used();
}

guard::guard(net::port& port, net::service& behind, const identity& shown, const sizes& limit,
             telemetry* listener)
    : port_(port),
      host_(behind),
      shown_(shown),
      limit_(limit),
      listener_(listener),
      memory_(new std::byte[bytes(limit)]),  // not initialized: pages never written to take no RAM
      metrics_(counters_, streams_.metrics(), handshakes_, &memory_metrics) {
  carver carve(memory_.get());
  streams_ = block_pool("tls_connections", carve, sizeof(stream), limit.connections);
  unsent_ = block_pool("tls_unsent", carve, stream::unsent_bytes, limit.connections);
  handshakes_.name = "tls_handshakes";
  handshakes_.capacity = limit.handshakes;
}

guard::~guard() {
  for (intrusive_list<stream>* const list : {&shaking_, &open_, &lingering_}) {
    while (!list->empty()) list->front().finish();
  }
  sweep();
  if (context_ != nullptr) SSL_CTX_free(context_);
}

bool guard::can_accept() const noexcept {
  return handshakes_.used < limit_.handshakes && !streams_.exhausted() && host_.can_accept();
}

void guard::accept(net::stream& fresh) noexcept {
  if (generation_ != shown_.generation()) {
    generation_ = shown_.generation();
    SSL_CTX* const before = std::exchange(context_, shown_.context());
    if (before != nullptr) SSL_CTX_free(before);
    authority_ = shown_.authority();
  }
  auto* const made = make_in<stream>(streams_, *this, fresh);
  if (made == nullptr) return fresh.close();
  shaking_.push_back(*made);
  host_.accept(*made);
}

void guard::count_handshake(int change) noexcept {
  handshakes_.used += static_cast<std::uint32_t>(change);
  handshakes_.high_water = std::max(handshakes_.high_water, handshakes_.used);
  if (change < 0 && std::exchange(paused_, false)) port_.resume_accepting();
}

void guard::make_room() noexcept {
  if (!host_.can_accept()) return host_.make_room();
  const bool waits_already = std::exchange(paused_, true);
  if (handshakes_.used < limit_.handshakes) {
    if (!lingering_.empty()) lingering_.front().finish();
    return;  // a stream is freed at the end of this turn
  }
  if (!waits_already) ++handshakes_.failures;
  const time_point at = shaking_.front().since() + patience / std::max(limit_.handshakes, 2U);
  if (at <= loop().now()) return shaking_.front().give_up();
  loop().arm(room_timer_, at);
}

std::optional<time_point> guard::poll() noexcept {
  steps_left_ = steps_per_turn;
  const stream* const last = ready_.last();  // what becomes ready meanwhile has its turn later
  while (stream* const next = ready_.pop()) {
    const bool was_last = next == last;
    if (next->closed()) {
      gone_.push(*next);
    } else {
      next->tell();
    }
    if (was_last) break;
  }
  const std::optional<time_point> then = host_.poll();
  sweep();
  if (!ready_.empty()) return loop().now();
  return then;
}

void guard::sweep() noexcept {
  ready_.remove_if([](const stream& each) noexcept { return each.closed(); },
                   [this](stream& gone) noexcept { gone_.push(gone); });
  while (stream* const gone = gone_.pop()) {
    destroy_in(streams_, gone);
    if (std::exchange(paused_, false)) port_.resume_accepting();
  }
}

void guard::end_late_ones() noexcept {
  const time_point now = loop().now();
  while (!lingering_.empty() && lingering_.front().since() + linger <= now) {
    lingering_.front().finish();
  }
  if (!lingering_.empty() && !linger_timer_.armed()) {
    loop().arm(linger_timer_, lingering_.front().since() + linger);
  }
}

void guard::note(failure why, [[maybe_unused]] const net::stream& whose) noexcept {
  ++counters_.failed[static_cast<std::size_t>(why)];
#if defined(MUSUBI_TELEMETRY)
  if (listener_ == nullptr) return;
  listener_->on_connection_dropped({net::peer_text(&whose), dropped_because(why)});
#endif
}

}  // namespace musubi::tls
