/// Work that may block, beside hosts on real sockets and threads.

#include "support/small_limits.hpp"
#include "unit/memory/region.hpp"

#include <gtest/gtest.h>
#include <latch>
#include <memory>
#include <span>
#include <thread>

#include <musubi/asio/host.hpp>
#include <musubi/async/offload.hpp>
#include <musubi/hosted/worker_threads.hpp>
#include <musubi/posix/host.hpp>

namespace musubi::test {
namespace {

struct idle_store {
  static constexpr std::string_view module = "Test.Idle";
  struct Params {};
  struct State {
    bool idle;
  };
  status mount(const Params&, context&) { return {}; }
  State render() const { return {true}; }
};
struct idle_socket {
  using roots = musubi::roots<idle_store>;
};

asio::options small_options() {
  asio::options chosen;
  chosen.port = 0;
  chosen.handle_signals = false;
  chosen.limits = small_limits();
  chosen.limits.close_timeout = std::chrono::milliseconds(10);
  return chosen;
}

/// Offloads something, keeps the answer, and stops the host.
template <class Host>
task<> ask_and_stop(Host& host, result<std::thread::id>& answer) {
  auto work = offload({}, [] { return std::this_thread::get_id(); });
  answer = co_await work;
  host.stop();
}

TEST(an_asio_host, has_threads_for_work_that_may_block) {
  asio::host<idle_socket> host(small_options());
  ASSERT_EQ(host.problem(), "");
  result<std::thread::id> answer = fail("nobody asked");
  ASSERT_TRUE(host.spawn(ask_and_stop(host, answer)).ok());
  EXPECT_EQ(host.run(), 0);
  ASSERT_TRUE(answer.ok());
  EXPECT_NE(*answer, std::this_thread::get_id());
}

TEST(an_asio_host, has_no_threads_for_it_when_none_are_wanted) {
  asio::options chosen = small_options();
  chosen.offload.threads = 0;
  asio::host<idle_socket> host(chosen);
  result<std::thread::id> answer = std::this_thread::get_id();
  ASSERT_TRUE(host.spawn(ask_and_stop(host, answer)).ok());
  EXPECT_EQ(host.run(), 0);
  EXPECT_EQ(answer.error().reason(), "this port has no threads for blocking work");
}

/// Offloads what hangs until `device` answers, and stops the host meanwhile.
struct device {
  std::latch asked{1};
  std::latch answers{1};
  std::latch gone{1};
};
task<> hang_and_stop(asio::host<idle_socket>& host, std::shared_ptr<device> on) {
  auto work = offload({}, [on] {
    on->asked.count_down();
    on->answers.wait();
    on->gone.count_down();
  });
  on->asked.wait();
  host.stop();
  (void)co_await work;
}

TEST(an_asio_host, ends_although_work_hangs_forever) {
  const auto on = std::make_shared<device>();
  {
    asio::options chosen = small_options();
    chosen.offload.stop_timeout = {};
    chosen.log_level = log_level::none;
    asio::host<idle_socket> host(chosen);
    ASSERT_TRUE(host.spawn(hang_and_stop(host, on)).ok());
    EXPECT_EQ(host.run(), 0);
  }
  on->answers.count_down();  // what the thread touches then is still there
  on->gone.wait();
}

TEST(a_posix_host, has_the_threads_that_the_program_gives_it) {
  using given = posix::host_in<idle_socket>;
  hosted::worker_threads threads({.threads = 1});
  const limits sizes = small_options().limits;
  region memory(given::bytes(sizes));
  given host(sizes, {memory.begin(), given::bytes(sizes)}, {.port = 0});
  ASSERT_EQ(host.problem(), "");
  host.core().loop().employ(*threads.pool());
  result<std::thread::id> answer = fail("nobody asked");
  ASSERT_TRUE(host.spawn(ask_and_stop(host, answer)).ok());
  EXPECT_EQ(host.run(), 0);
  ASSERT_TRUE(answer.ok());
  EXPECT_NE(*answer, std::this_thread::get_id());
}

}  // namespace
}  // namespace musubi::test
