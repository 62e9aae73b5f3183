#pragma once
/// Which WebSockets of a host have something to do.

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/runtime.hpp>
#include <musubi/memory/internal/link_queue.hpp>

namespace musubi {

class websocket;
struct websocket_place;

/// WebSockets in the order in which they asked for a turn. One job in the run queue does for all of
/// them, so that each has one pointer for it.
class websocket_turns {
 public:
  explicit websocket_turns(runtime& loop) noexcept : loop_(loop) {}

  /// Gives it a turn soon. No-op if it waits for one.
  void push(websocket& what) noexcept;
  /// Gives it a turn in the next poll, when the port has handled its sockets.
  void defer(websocket& what) noexcept;
  /// Takes out those that have ended.
  void drop_ended() noexcept;

 private:
  using queue = link_queue<websocket_place>;
  void run_ready() noexcept { run(ready_); }
  void run_deferred() noexcept { run(deferred_); }
  void run(queue& of) noexcept;

  runtime& loop_;
  queue ready_;
  queue deferred_;
  member_job<&websocket_turns::run_ready> run_ready_{*this};
  member_job<&websocket_turns::run_deferred> run_deferred_{*this};
};

}  // namespace musubi
