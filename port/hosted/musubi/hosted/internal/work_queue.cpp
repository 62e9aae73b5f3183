#include <musubi/async/runtime.hpp>
#include <musubi/hosted/internal/work_queue.hpp>

namespace musubi::hosted {

work_queue::work_queue(std::size_t slots) : slots_(new work_slot[slots]) {
  for (std::size_t i = 0; i < slots; ++i) free_.push_back(slots_[i]);
  metrics_.name = "offload_slots";
  metrics_.block_bytes = sizeof(work_slot);
  metrics_.capacity = static_cast<std::uint32_t>(slots);
}

work_queue::~work_queue() {
  while (work_slot* left = waiting_.pop_front()) left->drop(*left);
}

result<work_slot*> work_queue::take() noexcept {
  const lock held(lock_);
  if (closed_) return fail("the threads for blocking work have stopped");
  work_slot* const fresh = free_.pop_front();
  if (fresh == nullptr) {
    ++metrics_.failures;
    return exhausted("offload_slots");
  }
  if (++metrics_.used > metrics_.high_water) metrics_.high_water = metrics_.used;
  fresh->now = work_slot::state::held;
  return fresh;
}

void work_queue::submit(work_slot& filled) noexcept {
  const lock held(lock_);
  filled.now = work_slot::state::waiting;
  waiting_.push_back(filled);
  more_.notify_one();
}

void work_queue::release(work_slot& left) noexcept {
  lock held(lock_);
  runtime* const host = std::exchange(left.host, nullptr);
  switch (left.now) {
    case work_slot::state::waiting:
      if (left.kept) return;
      left.unlink();
      break;
    case work_slot::state::running:
      return;  // the thread that runs it will free it
    case work_slot::state::done:
      host->withdraw(left);
      break;
    case work_slot::state::held:
    case work_slot::state::free:
      break;
  }
  left.now = work_slot::state::held;
  held.unlock();
  left.drop(left);
  held.lock();
  free(left);
}

void work_queue::free(work_slot& unused) noexcept {
  unused.now = work_slot::state::free;
  free_.push_front(unused);
  --metrics_.used;
}

bool work_queue::run_next() noexcept {
  lock held(lock_);
  work_slot* const next = next_to_run();
  if (next == nullptr) return false;
  perform(*next, held);
  return true;
}

void work_queue::serve() noexcept {
  lock held(lock_);
  while (!may_leave()) {
    if (work_slot* const next = next_to_run()) {
      perform(*next, held);
    } else {
      more_.wait(held);
    }
  }
}

void work_queue::close() noexcept {
  const lock held(lock_);
  closed_ = true;
  more_.notify_all();
}

pool_metrics work_queue::metrics() const noexcept {
  const lock held(lock_);
  return metrics_;
}

work_slot* work_queue::next_to_run() noexcept {
  for (work_slot& each : waiting_) {
    if ((each.kept || !closed_) && is_turn_of(each)) return &each;
  }
  return nullptr;
}

bool work_queue::is_turn_of(const work_slot& waiting) noexcept {
  if (waiting.turn == nullptr) return true;
  for (const work_slot& each : running_) {
    if (each.turn == waiting.turn) return false;
  }
  return true;
}

/// Whether a serving thread may return.
bool work_queue::may_leave() noexcept {
  if (!closed_) return false;
  for (const work_slot& each : waiting_) {
    if (each.kept) return false;
  }
  return true;
}

void work_queue::perform(work_slot& work, lock& held) noexcept {
  work.unlink();
  work.now = work_slot::state::running;
  running_.push_back(work);
  held.unlock();
  work.run(work);
  held.lock();
  work.unlink();
  work.now = work_slot::state::done;
  if (work.host != nullptr) {
    work.host->post(work);  // under the lock, `release` has to wait, so the host still exists
  } else {
    held.unlock();
    work.drop(work);
    held.lock();
    free(work);
  }
  // Other threads may be waiting for this turn, or for the last kept work.
  if (closed_ || !waiting_.empty()) more_.notify_all();
}

}  // namespace musubi::hosted
