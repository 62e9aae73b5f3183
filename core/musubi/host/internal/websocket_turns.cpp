#include <musubi/host/internal/websocket_turns.hpp>
#include <musubi/host/websocket.hpp>

namespace musubi {

void websocket_turns::push(websocket& what) noexcept {
  if (what.queued()) return;
  ready_.push(what);
  loop_.push(run_ready_);
}

void websocket_turns::defer(websocket& what) noexcept {
  if (what.queued()) return;
  deferred_.push(what);
  loop_.defer(run_deferred_);
}

void websocket_turns::drop_ended() noexcept {
  const auto ended = [](const websocket_place& each) noexcept {
    return static_cast<const websocket&>(each).ended();
  };
  ready_.remove_if(ended, [](websocket_place&) noexcept {});
  deferred_.remove_if(ended, [](websocket_place&) noexcept {});
}

void websocket_turns::run(queue& of) noexcept {
  // those that ask for another turn meanwhile have it in the next round
  const websocket_place* const last = of.last();
  while (websocket_place* const next = of.pop()) {
    static_cast<websocket*>(next)->take_turn();  // which may destroy it
    if (next == last) return;
  }
}

}  // namespace musubi
