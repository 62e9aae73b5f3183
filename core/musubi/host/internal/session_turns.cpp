#include <musubi/host/internal/session_turns.hpp>
#include <musubi/host/session.hpp>

namespace musubi {

void session_turns::push(session& what) noexcept {
  if (what.queued()) return;
  ready_.push(what);
  loop_.push(run_ready_);
}

void session_turns::defer(session& what) noexcept {
  if (what.queued()) return;
  deferred_.push(what);
  loop_.defer(run_deferred_);
}

void session_turns::drop_ended() noexcept {
  const auto ended = [](const session_place& each) noexcept {
    return static_cast<const session&>(each).ended();
  };
  ready_.remove_if(ended, [](session_place&) noexcept {});
  deferred_.remove_if(ended, [](session_place&) noexcept {});
}

void session_turns::run(queue& of) noexcept {
  // those that ask for another turn meanwhile have it in the next round
  const session_place* const last = of.last();
  while (session_place* const next = of.pop()) {
    static_cast<session*>(next)->take_turn();  // which may destroy it
    if (next == last) return;
  }
}

}  // namespace musubi
