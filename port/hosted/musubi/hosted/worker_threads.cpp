#include <atomic>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include <musubi/hosted/internal/signals_blocked.hpp>
#include <musubi/hosted/internal/work_queue.hpp>
#include <musubi/hosted/worker_threads.hpp>

namespace musubi::hosted {

struct worker_threads::crew {
  struct member {
    std::thread thread;
    bool has_left = false;
  };
  explicit crew(const worker_options& chosen) : queue(chosen.slots), members(chosen.threads) {}

  static void work(const std::shared_ptr<crew>& all, member& self) noexcept {
    all->queue.serve();
    const std::scoped_lock held(all->door);
    self.has_left = true;
    all->somebody_left.notify_all();
  }
  [[nodiscard]] bool all_have_left() const noexcept {
    for (const member& each : members) {
      if (each.thread.joinable() && !each.has_left) return false;
    }
    return true;
  }

  work_queue queue;
  std::mutex door;  // guards `has_left`
  std::condition_variable somebody_left;
  std::vector<member> members;
};

worker_threads::worker_threads(const worker_options& chosen) : stop_timeout_(chosen.stop_timeout) {
  if (chosen.threads == 0) return;
  crew_ = std::make_shared<crew>(chosen);
  const signals_blocked meanwhile;
  try {
    for (crew::member& each : crew_->members) {
      each.thread = std::thread([all = crew_, &each] { crew::work(all, each); });
    }
  } catch (const std::system_error&) {
    problem_ = "the system refuses to start the threads that worker_options asks for";
  }
}

worker_pool* worker_threads::pool() noexcept {
  return crew_ == nullptr ? nullptr : &crew_->queue;
}

unsigned worker_threads::stop() noexcept {
  if (crew_ == nullptr) return 0;
  crew_->queue.close();
  std::unique_lock held(crew_->door);
  (void)crew_->somebody_left.wait_for(held, stop_timeout_,
                                      [this] { return crew_->all_have_left(); });
  unsigned left_behind = 0;
  for (crew::member& each : crew_->members) {
    if (!each.thread.joinable()) continue;
    if (each.has_left) {
      held.unlock();
      each.thread.join();
      held.lock();
    } else {
      ++left_behind;
      each.thread.detach();
    }
  }
  return left_behind;
}

pool_metrics worker_threads::metrics() const noexcept {
  return crew_ == nullptr ? pool_metrics{} : crew_->queue.metrics();
}

}  // namespace musubi::hosted
