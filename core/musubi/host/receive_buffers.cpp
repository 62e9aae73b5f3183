#include <algorithm>
#include <new>

#include <musubi/host/host_core.hpp>
#include <musubi/host/http_session.hpp>
#include <musubi/host/receive_buffers.hpp>
#include <musubi/host/session.hpp>

namespace musubi {

namespace {
/// While others wait for its buffer, a message gets on without longer pauses.
constexpr duration longest_pause_of_message = std::chrono::seconds(1);
}  // namespace

partial_message& receive_buffers::keep(session& owner, std::byte* buffer, bool large,
                                       time_point now) noexcept {
  auto& made = *new (buffer - header_bytes) partial_message(owner, large);
  made.arriving.begin(now);
  parts_.push_back(made);
  return made;
}

void receive_buffers::small_freed() noexcept {
  freed_.notify();
  if (waiting_ == 0) return;
  session* const next = host_.first_session([](session& each) { return each.wants_buffer(); });
  if (next == nullptr) return;
  --waiting_;
  next->read_again();
}

void receive_buffers::large_freed() noexcept {
  if (large_wanted_.empty()) return;
  void* const block = large_.allocate();
  if (block == nullptr) return;
  large_wanted_.pop_front()->owner->move_to(static_cast<std::byte*>(block) + header_bytes);
}

void receive_buffers::wait() noexcept {
  ++waiting_;
  make_room();
}

event::awaiter receive_buffers::wait_as_request() noexcept {
  look_again(host_.loop().now());
  return freed_.wait();
}

void receive_buffers::wait_for_large(partial_message& what) noexcept {
  what.unlink();
  what.arriving.begin(host_.loop().now());
  large_wanted_.push_back(what);
  make_room();
}

partial_message* receive_buffers::first_to_yield(bool large, time_point& at) noexcept {
  const std::uint32_t rate = host_.configured().brisk_rate();
  partial_message* first = nullptr;
  for (partial_message& each : parts_) {
    if (each.large != large) continue;
    const time_point yields = each.arriving.yields_at(longest_pause_of_message, rate);
    if (yields >= at) continue;
    at = yields;
    first = &each;
  }
  return first;
}

void receive_buffers::make_room() noexcept {
  const time_point now = host_.loop().now();
  time_point again = time_point::max();
  if (!large_wanted_.empty()) {
    partial_message* const slowest = first_to_yield(true, again);
    if (slowest != nullptr && again <= now) {
      slowest->owner->make_room("large_messages");
      again = now;
    }
  }
  if (waiting_ != 0 || freed_.awaited()) {
    time_point at = time_point::max();
    partial_message* const slowest = first_to_yield(false, at);
    http_session* const request = host_.first_request_to_yield(true, at);
    again = std::min(again, at);
    if (at <= now) {
      if (request != nullptr) {
        host_.make_room_of(*request, "read_buffers");
      } else {
        slowest->owner->make_room("read_buffers");
      }
    }
  }
  if (again != time_point::max()) look_again(again);
}

void receive_buffers::look_again(time_point at) noexcept {
  // not at once, and not in one go: what became free is taken by who waited for it
  runtime& loop = host_.loop();
  constexpr duration soon = std::chrono::milliseconds(10);
  loop.arm(timer_, std::clamp(at, loop.now() + soon, loop.now() + longest_pause_of_message));
}

void receive_buffers::sweep() noexcept {
  const limits& limit = host_.configured();
  const time_point now = host_.loop().now();
  for (auto at = parts_.begin(); at != parts_.end();) {
    partial_message& each = *at;
    ++at;
    if (each.arriving.due(limit.message_timeout, limit.least_rate) > now) continue;
    each.owner->too_slow();
  }
  while (!large_wanted_.empty() &&
         large_wanted_.front().arriving.since + limit.message_timeout <= now) {
    large_wanted_.front().owner->no_room_for_message();
  }
}

}  // namespace musubi
