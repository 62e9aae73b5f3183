#include <algorithm>
#include <utility>

#include <musubi/mbedtls/guard.hpp>
#include <musubi/net/internal/peer_text.hpp>

namespace musubi::mbedtls {

namespace {

/// How long what a closed stream has written may wait for its client to read.
constexpr duration linger = std::chrono::seconds(2);

}  // namespace

guard::guard(net::port& port, net::service& behind, const identity& shown,
             std::uint32_t connections, duration handshake_patience, std::byte* memory,
             telemetry* listener) noexcept
    : port_(port),
      host_(behind),
      shown_(shown),
      patience_(handshake_patience),
      listener_(listener) {
  carver carve(memory);
  streams_ = block_pool("tls_connections", carve, sizeof(stream), connections);
  handshakes_.name = "tls_handshakes";
  handshakes_.capacity = 1;
}

guard::~guard() {
  for (intrusive_list<stream>* const list : {&silent_, &waiting_, &open_, &lingering_}) {
    while (!list->empty()) list->front().finish();
  }
  if (shaking_ != nullptr) shaking_->finish();
  sweep();
}

void guard::accept(net::stream& fresh) noexcept {
  auto* const made = make_in<stream>(streams_, *this, fresh);
  if (made == nullptr) return fresh.close();
  silent_.push_back(*made);
  host_.accept(*made);
}

void guard::waits_for_turn(stream& which) noexcept {
  which.unlink();
  waiting_.push_back(which);
  if (shaking_ == nullptr) return begin_next();
  ++handshakes_.failures;
  if (!patience_timer_.armed()) loop().arm(patience_timer_, shaking_->since() + patience_);
}

void guard::begin_next() noexcept {
  stream& next = waiting_.front();
  next.unlink();
  shaking_ = &next;
  handshakes_.used = handshakes_.high_water = 1;
  next.begin_handshake();
  if (shaking_ != nullptr && !waiting_.empty()) {
    loop().arm(patience_timer_, shaking_->since() + patience_);
  }
}

void guard::leaves_handshake(stream& which) noexcept {
  if (shaking_ != &which) return;
  shaking_ = nullptr;
  handshakes_.used = 0;
  patience_timer_.cancel();
}

void guard::end_slow_handshake() noexcept {
  if (shaking_ != nullptr && !waiting_.empty()) shaking_->give_up();
}

void guard::make_room() noexcept {
  paused_ = true;
  if (!host_.can_accept()) {
    // those who wait for a handshake are not slow; it ends soon, by `patience_timer_`
    if (shaking_ == nullptr || waiting_.empty()) host_.make_room();
    return;
  }
  if (!lingering_.empty()) lingering_.front().finish();  // freed at the end of this turn
}

std::optional<time_point> guard::poll() noexcept {
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
  if (shaking_ == nullptr && !waiting_.empty()) begin_next();
  const std::optional<time_point> then = host_.poll();
  sweep();
  if (!ready_.empty() || (shaking_ == nullptr && !waiting_.empty())) return loop().now();
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

void guard::note(tls::failure why, [[maybe_unused]] const net::stream& whose) noexcept {
  ++counters_.failed[static_cast<std::size_t>(why)];
#if defined(MUSUBI_TELEMETRY)
  if (listener_ != nullptr) {
    listener_->on_connection_dropped({net::peer_text(&whose), tls::dropped_because(why)});
  }
#endif
}

}  // namespace musubi::mbedtls
