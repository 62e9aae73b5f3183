/// What a program may ask of its host, over every port.

#include "support/client_bytes.hpp"
#include "support/small_limits.hpp"
#include "unit/port/lwip_rig.hpp"
#include "unit/port/rigs.hpp"

#include <array>
#include <chrono>
#include <concepts>
#include <gtest/gtest.h>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>

#include <musubi/asio/host.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/memory_port/host.hpp>
#include <musubi/posix/host.hpp>
#if defined(MUSUBI_TEST_LWIP)
#include <musubi/lwip/host.hpp>
#endif

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

struct facade_store {
  static constexpr std::string_view module = "Test.Facade";
  struct Params {};
  struct State {
    bool idle;
  };
  status mount(const Params&, context&) { return {}; }
  State render() const { return {true}; }
};
struct facade_socket {
  using roots = musubi::roots<facade_store>;
};

bool anybody(const facade_socket&) noexcept {
  return true;
}

/// The facade, as docs/porting.md has it. `run` alone may throw, where it starts threads.
template <class Host>
concept has_host_facade = requires(Host& host, const Host& same, task<>&& work, remote_job& job) {
  { same.problem() }
  noexcept->std::same_as<std::string_view>;
  { host.run() } -> std::same_as<int>;
  { host.stop() }
  noexcept->std::same_as<void>;
  { host.spawn(std::move(work)) }
  noexcept->std::same_as<status>;
  { host.post(job) }
  noexcept->std::same_as<void>;
  { host.assets(net::http::asset_table{}) }
  noexcept->std::same_as<void>;
  { host.disconnect_if(&anybody) }
  noexcept->std::same_as<void>;
  { host.disconnect_if(&anybody, std::uint16_t{1008}, std::string_view()) }
  noexcept;
  { host.core() }
  noexcept->std::same_as<host_core&>;
}
&&!std::is_copy_constructible_v<Host> && !std::is_copy_assignable_v<Host>;

constexpr limits small_host = [] {
  limits chosen = small_limits();
  chosen.close_timeout = 10ms;
  return chosen;
}();

/// A host of each port: one that serves, one that cannot, and a connection to the first.
struct memory_program {
  using host_type = memory_port::host<facade_socket>;
  host_type host{{.limits = small_host}};
  host_type broken{{.limits = {.pages = 0}}};
  memory_port::client connect() { return host.connect(); }
};

struct asio_program {
  using host_type = asio::host<facade_socket>;
  static asio::options chosen(const limits& wanted) {
    asio::options made;
    made.port = 0;
    made.handle_signals = false;
    made.limits = wanted;
    made.offload.threads = 0;
    return made;
  }
  host_type host{chosen(small_host)};
  host_type broken{chosen({.pages = 0})};
  socket_end connect() { return socket_end::to_port(host.port()); }
};

struct posix_program {
  using host_type = posix::host<facade_socket, small_host>;
  host_type host{{.port = 0}};
  host_type broken{{.bind = "nowhere", .port = 0}};
  socket_end connect() { return socket_end::to_port(host.port()); }
};

#if defined(MUSUBI_TEST_LWIP)
/// Firmware is not destroyed, and there is one lwIP: what one test leaves is kept, and stopped.
struct lwip_program {
  using host_type = lwip::host<facade_socket, small_host>;
  struct firmware {
    sleepless_board board;
    host_type host{board};
  };
  template <class Made>
  static Made& kept() {
    static auto& all = *new std::list<Made>;  // not destroyed, either
    return all.emplace_back();
  }
  ~lwip_program() {
    host.stop();
    (void)host.run();
    lwip_stack::get().reset();
  }
  host_type& host = kept<firmware>().host;
  host_type& broken = kept<firmware>().host;  // its port is in use
  lwip_end connect() { return lwip_end::to_port(80); }
};
using programs = testing::Types<memory_program, asio_program, posix_program, lwip_program>;
#else
using programs = testing::Types<memory_program, asio_program, posix_program>;
#endif

struct program_names {
  template <class Program>
  static std::string GetName(int) {
    if constexpr (std::is_same_v<Program, memory_program>) return "memory";
    if constexpr (std::is_same_v<Program, asio_program>) return "asio";
    if constexpr (std::is_same_v<Program, posix_program>) return "posix";
    return "lwip";
  }
};

template <class Program>
struct every_host : testing::Test {
  static_assert(has_host_facade<typename Program::host_type>);
  Program program;
};
TYPED_TEST_SUITE(every_host, programs, program_names);

template <class Host>
task<> wait_and_stop(Host& host, std::thread::id& ran_on) {
  co_await sleep(1ms);
  ran_on = std::this_thread::get_id();
  host.stop();
}

/// Stops the host that it is posted to.
template <class Host>
struct stop_job : remote_job {
  explicit stop_job(Host& on)
      : remote_job([](remote_job& self) noexcept {
          auto& here = static_cast<stop_job&>(self);
          ++here.ran;
          here.ran_on = std::this_thread::get_id();
          here.host.stop();
        }),
        host(on) {}
  Host& host;
  int ran = 0;
  std::thread::id ran_on;
};

/// A client on the host's own thread: is let in, and waits until the host ends the connection.
template <class Program, class Then>
task<> connect_and(Program& program, std::string& said, bool& ended, Then then) {
  auto end = program.connect();
  std::array<std::byte, 4096> piece;
  const auto hear = [&] {
    const std::size_t bytes = end.read(piece);
    said.append(reinterpret_cast<const char*>(piece.data()), bytes);
  };
  (void)end.write(upgrade_text());
  for (int i = 0; i < 5000 && said.find("\r\n\r\n") == std::string::npos; ++i, hear()) {
    co_await sleep(1ms);
  }
  said.clear();
  then();
  for (int i = 0; i < 5000 && said.empty(); ++i, hear()) co_await sleep(1ms);
  ended = !said.empty();
  program.host.stop();
}

TYPED_TEST(every_host, has_no_problem_and_runs_until_it_is_stopped) {
  auto& host = this->program.host;
  EXPECT_EQ(host.problem(), "");
  std::thread::id ran_on;
  ASSERT_TRUE(host.spawn(wait_and_stop(host, ran_on)).ok());
  EXPECT_EQ(host.run(), 0);
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TYPED_TEST(every_host, ends_at_once_when_it_was_stopped_before_it_ran) {
  auto& host = this->program.host;
  host.stop();
  host.stop();
  EXPECT_EQ(host.run(), 0);
  host.stop();
  EXPECT_EQ(host.run(), 0) << "it does not start again";
}

TYPED_TEST(every_host, is_stopped_from_another_thread) {
  auto& host = this->program.host;
  std::thread other([&] { host.stop(); });
  EXPECT_EQ(host.run(), 0);
  other.join();
}

TYPED_TEST(every_host, runs_what_another_thread_posts_on_the_thread_of_run) {
  auto& host = this->program.host;
  stop_job job(host);
  std::thread([&] {
    host.post(job);
    host.post(job);
  }).join();
  EXPECT_EQ(job.ran, 0);
  EXPECT_EQ(host.run(), 0);
  EXPECT_EQ(job.ran, 1);
  EXPECT_EQ(job.ran_on, std::this_thread::get_id());
}

TYPED_TEST(every_host, closes_the_connections_that_meet_a_condition) {
  auto& host = this->program.host;
  host.disconnect_if(&anybody);  // nobody is there yet
  std::string said;
  bool ended = false;
  const auto disconnect = [&] {
    host.disconnect_if([](const facade_socket&) { return false; });
    host.disconnect_if(&anybody, 4001, "out");
  };
  ASSERT_TRUE(host.spawn(connect_and(this->program, said, ended, disconnect)).ok());
  EXPECT_EQ(host.run(), 0);
  EXPECT_TRUE(ended);
  EXPECT_EQ(said, "\x88\x05\x0F\xA1out");
}

TYPED_TEST(every_host, tells_its_clients_to_come_back_when_it_is_stopped) {
  auto& host = this->program.host;
  std::string said;
  bool ended = false;
  const auto stop = [&] { host.stop(); };
  ASSERT_TRUE(host.spawn(connect_and(this->program, said, ended, stop)).ok());
  EXPECT_EQ(host.run(), 0);
  ASSERT_GE(said.size(), 4U);
  EXPECT_EQ(said[0], '\x88');
  EXPECT_EQ(said.substr(2, 2), "\x03\xF4");
}

TYPED_TEST(every_host, does_not_run_with_a_problem_and_does_nothing_else_either) {
  auto& broken = this->program.broken;
  EXPECT_NE(broken.problem(), "");
  EXPECT_NE(broken.problem().find(' '), std::string_view::npos) << "a sentence";
  std::thread::id ran_on;
  EXPECT_EQ(broken.spawn(wait_and_stop(broken, ran_on)).reason(), "the host has a problem");
  stop_job job(broken);
  broken.post(job);
  broken.assets({});
  broken.disconnect_if(&anybody);
  broken.stop();
  testing::internal::CaptureStderr();  // where a port says it
  EXPECT_EQ(broken.run(), 1);
  (void)testing::internal::GetCapturedStderr();
  EXPECT_EQ(job.ran, 0);
  EXPECT_EQ(ran_on, std::thread::id());
}

}  // namespace
}  // namespace musubi::test
