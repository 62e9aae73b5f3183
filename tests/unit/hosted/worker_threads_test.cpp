#include "support/offloading_host.hpp"

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <thread>
#include <utility>
#include <vector>

#include <musubi/hosted/worker_threads.hpp>

namespace musubi {
namespace {

using namespace std::chrono_literals;

/// Holds up whoever comes to it, until it opens.
class gate {
 public:
  void open() {
    const std::scoped_lock held(lock_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock held(lock_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(held, [this] { return open_; });
  }
  /// Returns when so many are held up.
  void wait_for(int count) {
    std::unique_lock held(lock_);
    changed_.wait(held, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex lock_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class worker_threads_of_a_port : public test::offloading_host {
 protected:
  ~worker_threads_of_a_port() override { group_.reset(); }

  void hire(const worker_options& chosen) {
    threads_.emplace(chosen);
    ASSERT_EQ(threads_->problem(), "");
    host_.loop().employ(*threads_->pool());
  }
  void wait_for_answers(std::size_t count) {
    while (answers_.size() < count) {
      host_.run();
      std::this_thread::yield();
    }
  }

  std::optional<hosted::worker_threads> threads_;
};

TEST_F(worker_threads_of_a_port, do_work_beside_the_host) {
  hire({.threads = 2});
  start([] {
    return offload({}, [] { return std::this_thread::get_id() == std::thread::id() ? 0 : 1; });
  });
  const auto here = std::this_thread::get_id();
  start([here] {
    return offload({}, [here] { return std::this_thread::get_id() == here ? 0 : 2; });
  });
  wait_for_answers(2);
  EXPECT_EQ(*answers_[0] + *answers_[1], 3);
}

TEST_F(worker_threads_of_a_port, go_on_with_other_work_while_one_of_them_hangs) {
  hire({.threads = 2});
  gate stuck;
  start([&] { return offload({}, [&] { return stuck.pass(), 1; }); });
  stuck.wait_for(1);
  for (int i = 0; i < 20; ++i) {
    start([] { return offload({}, [] { return 2; }); });
    wait_for_answers(static_cast<std::size_t>(i) + 1);
  }
  stuck.open();
  wait_for_answers(21);
  EXPECT_EQ(*answers_.back(), 1);
}

TEST_F(worker_threads_of_a_port, refuse_by_name_when_all_hang_and_the_slots_are_taken) {
  hire({.threads = 2, .slots = 3});
  gate stuck;
  for (int i = 0; i < 3; ++i) start([&] { return offload({}, [&] { return stuck.pass(), 1; }); });
  stuck.wait_for(2);
  start([] { return offload({}, [] { return 2; }); });
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].error().reason(), "offload_slots");
  stuck.open();
  wait_for_answers(4);
}

TEST_F(worker_threads_of_a_port, answer_an_asker_that_time_is_up_and_come_back_later) {
  hire({.threads = 1});
  gate stuck;
  start([&] { return offload({.within = 1s}, [&] { return stuck.pass(), 1; }); });
  stuck.wait_for(1);
  host_.run_for(1s);
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_EQ(answers_[0].error().reason(), "the work did not finish in time");
  stuck.open();
  start([] { return offload({}, [] { return 2; }); });
  wait_for_answers(2);
  EXPECT_EQ(*answers_[1], 2);
}

TEST_F(worker_threads_of_a_port, do_what_is_kept_before_they_end) {
  hire({.threads = 1});
  gate stuck;
  std::atomic<int> saved{0};
  start([&] { return offload({}, [&] { return stuck.pass(), 1; }); });
  for (int i = 0; i < 3; ++i) {
    start([&] { return offload({.kept = true}, [&] { return ++saved; }); });
  }
  stuck.wait_for(1);
  group_.reset();
  stuck.open();
  EXPECT_EQ(threads_->stop(), 0U);
  EXPECT_EQ(saved.load(), 3);
}

TEST_F(worker_threads_of_a_port, abandon_one_that_hangs_forever) {
  const auto stuck = std::make_shared<gate>();
  const auto gone = std::make_shared<gate>();
  hire({.threads = 2, .stop_timeout = 0ms});
  start([=] {
    return offload({}, [stuck, gone] {
      stuck->pass();
      gone->open();
      return 1;
    });
  });
  stuck->wait_for(1);
  group_.reset();
  // How many of the idle ones are home in no time is up to the system.
  EXPECT_GE(threads_->stop(), 1U);
  threads_.reset();
  stuck->open();  // what it touches is still there
  gone->pass();
}

TEST_F(worker_threads_of_a_port, hear_no_signals) {
  hire({.threads = 1});
  start([] {
    return offload({}, [] {
      sigset_t blocked;
      (void)::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
      return sigismember(&blocked, SIGINT) + sigismember(&blocked, SIGTERM);
    });
  });
  wait_for_answers(1);
  EXPECT_EQ(*answers_[0], 2);
}

TEST_F(worker_threads_of_a_port, are_not_started_when_none_are_requested) {
  const hosted::worker_threads none({.threads = 0});
  EXPECT_EQ(none.problem(), "");
  EXPECT_EQ(none.metrics().capacity, 0U);
}

TEST_F(worker_threads_of_a_port, serve_several_hosts_at_once) {
  hire({.threads = 2});
  std::vector<std::thread> hosts;
  std::atomic<int> sum{0};
  for (int i = 0; i < 3; ++i) {
    hosts.emplace_back([&] {
      test::virtual_host host;
      host.loop().employ(*threads_->pool());
      std::vector<result<int>> answers;
      task_group group;
      for (int each = 0; each < 5; ++each) {
        ASSERT_TRUE(group.spawn(ask([] { return offload({}, [] { return 1; }); }, answers)).ok());
      }
      while (answers.size() < 5) {
        host.run();
        std::this_thread::yield();
      }
      for (const auto& each : answers) sum += *each;
    });
  }
  for (std::thread& each : hosts) each.join();
  EXPECT_EQ(sum.load(), 15);
}

}  // namespace
}  // namespace musubi
