#include <algorithm>
#include <new>
#include <utility>

#include <musubi/host/host_core.hpp>
#include <musubi/host/internal/http_request.hpp>
#include <musubi/host/internal/receive_buffers.hpp>
#include <musubi/host/websocket.hpp>

namespace musubi {

namespace {
/// While others wait for its buffer, a message gets on without longer pauses.
constexpr duration longest_pause_of_message = std::chrono::seconds(1);
}  // namespace

incoming* receive_buffers::take(websocket& owner, bool large) noexcept {
  if (large && !large_wanted_.empty()) return nullptr;
  return make_in<incoming>(large ? large_ : small_, owner, bool{large});
}

void receive_buffers::give(incoming& done) noexcept {
  const bool large = done.large;
  destroy_in(large ? large_ : small_, &done);
  if (large) return large_freed();
  if (waiting_ != 0 || requests_waiting_ != 0) small_freed();
}

void receive_buffers::keep(incoming& part, time_point now) noexcept {
  if (part.partial) return;
  part.partial = true;
  part.arriving.begin(now);
  parts_.push_back(part);
}

void receive_buffers::small_freed() noexcept {
  if (std::exchange(requests_waiting_, 0) != 0) host_.requests_read_again();
  if (waiting_ == 0) return;
  websocket* const next =
      host_.first_websocket([](websocket& each) { return each.wants_buffer(); });
  if (next == nullptr) return;
  --waiting_;
  next->read_again();
}

void receive_buffers::large_freed() noexcept {
  if (large_wanted_.empty()) return;
  auto* const fresh = make_in<incoming>(large_, *large_wanted_.front().owner, true);
  if (fresh == nullptr) return;
  large_wanted_.pop_front()->owner->move_to(*fresh);
}

void receive_buffers::wait() noexcept {
  ++waiting_;
  make_room();
}

void receive_buffers::wait_as_request() noexcept {
  ++requests_waiting_;
  look_again(host_.loop().now());
}

void receive_buffers::wait_for_large(incoming& what) noexcept {
  what.unlink();
  what.arriving.begin(host_.loop().now());
  large_wanted_.push_back(what);
  make_room();
}

incoming* receive_buffers::first_to_yield(bool large, time_point& at) noexcept {
  const std::uint32_t rate = host_.configured().brisk_rate();
  incoming* first = nullptr;
  for (incoming& each : parts_) {
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
    incoming* const slowest = first_to_yield(true, again);
    if (slowest != nullptr && again <= now) {
      slowest->owner->make_room("large_messages");
      again = now;
    }
  }
  if (waiting_ != 0 || requests_waiting_ != 0) {
    time_point at = time_point::max();
    incoming* const slowest = first_to_yield(false, at);
    http_request* const request = host_.first_request_to_yield(true, at);
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
  const auto first_late = [&]() noexcept -> incoming* {
    for (incoming& each : parts_) {
      if (each.arriving.due(limit.message_timeout, limit.least_rate) <= now) return &each;
    }
    return nullptr;
  };
  // from the start each time: others may end while one is closed
  while (incoming* const late = first_late()) late->owner->too_slow();
  while (!large_wanted_.empty() &&
         large_wanted_.front().arriving.since + limit.message_timeout <= now) {
    large_wanted_.front().owner->no_room_for_message();
  }
}

}  // namespace musubi
