#include <array>
#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <musubi/async/remote.hpp>

namespace musubi {
namespace {

struct remote_note : remote_job {
  explicit remote_note(std::function<void()> what)
      : remote_job(&remote_note::call), what_(std::move(what)) {}
  static void call(remote_job& self) noexcept { static_cast<remote_note&>(self).what_(); }

 private:
  std::function<void()> what_;
};

TEST(remote_queue, runs_what_was_posted_first_first) {
  std::string log;
  remote_note a([&] { log += 'a'; });
  remote_note b([&] { log += 'b'; });
  remote_note c([&] { log += 'c'; });
  remote_queue queue;
  EXPECT_TRUE(queue.post(b));
  EXPECT_TRUE(queue.post(a));
  EXPECT_TRUE(queue.post(c));
  EXPECT_FALSE(queue.empty());
  queue.drain();
  EXPECT_EQ(log, "bac");
  EXPECT_TRUE(queue.empty());
}

TEST(remote_queue, runs_once_what_was_posted_twice) {
  int times = 0;
  remote_note a([&] { ++times; });
  remote_queue queue;
  EXPECT_TRUE(queue.post(a));
  EXPECT_FALSE(queue.post(a));
  queue.drain();
  queue.drain();
  EXPECT_EQ(times, 1);
  EXPECT_TRUE(queue.post(a));
  queue.drain();
  EXPECT_EQ(times, 2);
}

TEST(remote_queue, leaves_what_is_posted_while_it_drains_to_the_next_time) {
  remote_queue queue;
  int times = 0;
  remote_note again([&] {
    ++times;
    EXPECT_TRUE(queue.post(again));
  });
  (void)queue.post(again);
  queue.drain();
  EXPECT_EQ(times, 1);
  queue.drain();
  EXPECT_EQ(times, 2);
}

TEST(remote_queue, lets_a_job_end_its_own_life) {
  remote_queue queue;
  std::unique_ptr<remote_note> own;
  bool ran = false;
  own = std::make_unique<remote_note>([&] { ran = true; });
  remote_note end([&] { own.reset(); });
  (void)queue.post(*own);
  (void)queue.post(end);
  queue.drain();
  EXPECT_TRUE(ran);
  EXPECT_EQ(own, nullptr);
}

// Each thread counts up without any order of its own: what the host sees comes by the queue's.
TEST(remote_queue, shows_what_many_threads_published_before_they_posted) {
  constexpr int threads = 4;
  constexpr int posts = 5000;
  remote_queue queue;
  struct mailbag {
    std::atomic<int> published{0};
    int seen = 0;
    int runs = 0;
  };
  std::array<mailbag, threads> bags;
  std::vector<std::unique_ptr<remote_note>> jobs;
  for (mailbag& bag : bags) {
    jobs.push_back(std::make_unique<remote_note>([&bag] {
      bag.seen = bag.published.load(std::memory_order_relaxed);
      ++bag.runs;
    }));
  }
  std::atomic<int> running{threads};
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      for (int n = 1; n <= posts; ++n) {
        bags[i].published.store(n, std::memory_order_relaxed);
        (void)queue.post(*jobs[i]);
      }
      running.fetch_sub(1);
    });
  }
  while (running.load() > 0) queue.drain();
  for (std::thread& worker : workers) worker.join();
  queue.drain();
  for (const mailbag& bag : bags) {
    EXPECT_EQ(bag.seen, posts);
    EXPECT_GE(bag.runs, 1);
    EXPECT_LE(bag.runs, posts);
  }
}

}  // namespace
}  // namespace musubi
