#pragma once
/// The only way into a host from other threads and from interrupts.

#include <atomic>

namespace musubi {

/// A job to run on a host's thread, posted from elsewhere. The owner keeps it alive until it has
/// run or has been withdrawn.
class remote_job {
 public:
  using function = void (*)(remote_job&) noexcept;
  constexpr explicit remote_job(function body) noexcept : run_(body) {}

 private:
  friend class remote_queue;
  std::atomic<bool> posted_{false};
  remote_job* next_ = nullptr;
  function run_;
};

/// Lock-free queue: any number of threads or interrupt handlers post, the host's thread drains.
class remote_queue {
 public:
  /// Posts `what`. Returns false when it is already posted and has not run yet; that run then sees
  /// everything the caller published before this call. Safe in interrupt handlers.
  bool post(remote_job& what) noexcept {
    if (what.posted_.exchange(true, std::memory_order_acq_rel)) return false;
    what.next_ = head_.load(std::memory_order_relaxed);
    while (!head_.compare_exchange_weak(what.next_, &what, std::memory_order_release,
                                        std::memory_order_relaxed)) {
    }
    return true;
  }
  /// Runs the posted jobs, oldest first. Host's thread only, as are the functions below.
  void drain() noexcept {
    if (empty()) return;
    fetch();
    while (remote_job* next = fetched_) {
      fetched_ = next->next_;
      // acquire pairs with a poster that finds it already posted: run_ sees what that poster
      // published
      (void)next->posted_.exchange(false, std::memory_order_acq_rel);
      next->run_(*next);
    }
  }
  /// Removes `what`, posted or not, so that it does not run. Must not be posted concurrently.
  void withdraw(remote_job& what) noexcept {
    if (!what.posted_.load(std::memory_order_acquire)) return;
    fetch();
    remote_job** at = &fetched_;
    while (*at != nullptr && *at != &what) at = &(*at)->next_;
    if (*at != nullptr) *at = what.next_;
    what.posted_.store(false, std::memory_order_release);
  }
  /// Drops all posted jobs, so that they can be posted elsewhere: the host is being destroyed.
  void abandon() noexcept {
    fetch();
    while (remote_job* next = fetched_) {
      fetched_ = next->next_;
      next->posted_.store(false, std::memory_order_release);
    }
  }
  [[nodiscard]] bool empty() const noexcept {
    return fetched_ == nullptr && head_.load(std::memory_order_relaxed) == nullptr;
  }

 private:
  /// Appends the posted jobs, which are linked newest first, in order to those fetched before.
  void fetch() noexcept {
    remote_job* newest = head_.exchange(nullptr, std::memory_order_acquire);
    remote_job* oldest = nullptr;
    while (newest != nullptr) {
      remote_job* next = newest->next_;
      newest->next_ = oldest;
      oldest = newest;
      newest = next;
    }
    remote_job** end = &fetched_;
    while (*end != nullptr) end = &(*end)->next_;
    *end = oldest;
  }

  std::atomic<remote_job*> head_{nullptr};
  remote_job* fetched_ = nullptr;
};

}  // namespace musubi
