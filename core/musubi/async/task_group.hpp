#pragma once
/// Background coroutines that belong to a host.

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/task.hpp>

namespace musubi {

/// Runs tasks that are not awaited; cancels those still running when destroyed. Each costs one
/// small frame besides its own.
class task_group {
 public:
  task_group() noexcept = default;
  task_group(const task_group&) = delete;
  task_group& operator=(const task_group&) = delete;
  ~task_group() {
    while (node* first = running_.pop_front()) destroy(*first);
  }

  /// Starts `work` and owns it until it ends. Fails when there is no free frame for it.
  status spawn(task<>&& work) noexcept {
    if (!work.valid()) return exhausted("coroutine_frames");
    runtime* host = runtime::current();
    void* memory = host->frames().allocate(sizeof(node));
    if (memory == nullptr) return exhausted("coroutine_frames");
    node& fresh = *new (memory) node(std::move(work));
    running_.push_back(fresh);
    fresh.work.start(fresh.done);
    return {};
  }
  [[nodiscard]] bool empty() const noexcept { return running_.empty(); }

 private:
  struct node : link {
    explicit node(task<>&& owned) noexcept : work(std::move(owned)) {}
    void end() noexcept { destroy(*this); }
    task<> work;
    member_job<&node::end> done{*this};
  };
  static void destroy(node& finished) noexcept {
    finished.~node();
    frame_pools::deallocate(&finished);
  }

  intrusive_list<node> running_;
};

}  // namespace musubi
