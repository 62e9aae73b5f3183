/// What the posix port does of its own: waiting, waking, and getting by with what the system has
/// not.

#include "support/board.hpp"
#include "support/browser.hpp"
#include "support/small_limits.hpp"
#include "support/socket_pipe.hpp"
#include "unit/port/rigs.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <vector>

#include <musubi/posix/host.hpp>

namespace {
/// How the next calls of the port's, on this thread, fail: `send`, `accept` and `poll` below.
thread_local int send_fails_with = 0;
thread_local int accept_fails_with = 0;
thread_local int accepts = 0;
thread_local int poll_fails_with = 0;  // for more descriptors than one

/// While set, time on this thread is what it says: it passes when `poll` would sleep, and only
/// then.
thread_local std::int64_t* virtual_microseconds = nullptr;
/// What has been sent over loopback is there by then; what is not there will not come.
constexpr int real_milliseconds = 20;
}  // namespace

// In front of the system's: the linker (--wrap, see tests/CMakeLists.txt) sends every call through
// these. The thread sanitizer delivers a signal to a waiting thread only where its own `poll`
// waits.
extern "C" {
ssize_t __real_send(int socket, const void* bytes, size_t size, int flags);
int __real_accept(int socket, sockaddr* address, socklen_t* size);
int __real_poll(pollfd* set, nfds_t count, int timeout);
int __real_clock_gettime(clockid_t which, timespec* into);

ssize_t __wrap_send(int socket, const void* bytes, size_t size, int flags) {
  if (send_fails_with == 0) return __real_send(socket, bytes, size, flags);
  errno = send_fails_with;
  return -1;
}
int __wrap_accept(int socket, sockaddr* address, socklen_t* size) {
  ++accepts;
  if (accept_fails_with == 0) return __real_accept(socket, address, size);
  errno = accept_fails_with;
  return -1;
}
int __wrap_poll(pollfd* set, nfds_t count, int timeout) {
  if (poll_fails_with != 0 && count > 1) {
    errno = poll_fails_with;
    return -1;
  }
  if (virtual_microseconds == nullptr || timeout < 0) return __real_poll(set, count, timeout);
  const int ready = __real_poll(set, count, std::min(timeout, real_milliseconds));
  if (ready == 0) *virtual_microseconds += std::int64_t{timeout} * 1000;
  return ready;
}
int __wrap_clock_gettime(clockid_t which, timespec* into) {
  if (virtual_microseconds == nullptr) return __real_clock_gettime(which, into);
  into->tv_sec = static_cast<time_t>(*virtual_microseconds / 1'000'000);
  into->tv_nsec = static_cast<long>(*virtual_microseconds % 1'000'000) * 1000;
  return 0;
}
}

namespace musubi::test {
namespace {

using namespace std::chrono_literals;

/// Runs a function on the host's thread when its time has come.
struct alarm : job {
  explicit alarm(std::function<void()> work)
      : job([](job& self) noexcept { static_cast<alarm&>(self).body(); }), body(std::move(work)) {}
  std::function<void()> body;
  timer due{*this};
};

/// Counts the turns of a loop.
struct turn_counter final : net::service {
  explicit turn_counter(net::service& counted) : inner(counted) {}
  [[nodiscard]] bool can_accept() const noexcept override { return inner.can_accept(); }
  void accept(net::stream& fresh) noexcept override { inner.accept(fresh); }
  [[nodiscard]] runtime& loop() noexcept override { return inner.loop(); }
  std::optional<time_point> poll() noexcept override {
    ++turns;
    return inner.poll();
  }
  void stop() noexcept override { inner.stop(); }
  net::service& inner;
  int turns = 0;
};

/// A loop that waits as it does in a program, but in virtual time.
struct waiting_loop {
  waiting_loop() {
    virtual_microseconds = &microseconds;
    EXPECT_TRUE(loop.listen(counted, {}).ok());
    accepts = 0;
  }
  ~waiting_loop() {
    send_fails_with = accept_fails_with = poll_fails_with = 0;
    virtual_microseconds = nullptr;
  }
  waiting_loop(const waiting_loop&) = delete;
  waiting_loop& operator=(const waiting_loop&) = delete;
  [[nodiscard]] socket_end connect() const { return socket_end::to_port(loop.port()); }
  /// Once.
  void run_for(duration span) {
    alarm over([this] { loop.stop(); });
    arm(over, span);
    loop.run();
  }
  void arm(alarm& what, duration span) {
    service.loop().advance(loop.now());
    service.loop().arm_after(what.due, span);
  }
  /// The only stream.
  net::stream& accepted() {
    loop.poll();
    EXPECT_EQ(service.accepted.size(), 1U);
    return *service.accepted.front();
  }

  std::int64_t microseconds = 1'000'000;
  region memory{posix::loop::bytes(rig_streams)};
  posix::loop loop{rig_streams, memory.begin()};
  bare_service service{loop};
  turn_counter counted{service};
};

TEST(posix_loop, sleeps_while_there_is_nothing_to_do) {
  waiting_loop here;
  here.service.most = 1;
  const socket_end taken = here.connect();
  const socket_end waiting = here.connect();  // for the host to be able to take it
  here.run_for(30ms);
  EXPECT_EQ(here.service.accepted.size(), 1U);
  EXPECT_LE(here.counted.turns, 5);
}

TEST(posix_loop, sleeps_though_a_stream_has_news_that_nobody_asked_for) {
  waiting_loop here;
  socket_end far = here.connect();
  far.write("news");
  far.close();
  here.run_for(30ms);
  EXPECT_EQ(here.service.accepted.size(), 1U);
  EXPECT_LE(here.counted.turns, 5);
}

TEST(posix_loop, loses_no_wake_up_of_many_threads) {
  constexpr std::size_t threads = 4;
  constexpr int times = 2000;
  struct counting : remote_job {
    counting()
        : remote_job([](remote_job& self) noexcept { ++static_cast<counting&>(self).ran; }) {}
    std::atomic<int> ran{0};
  };
  waiting_loop here;
  std::array<counting, threads> jobs;
  std::atomic<std::size_t> running{threads};
  std::array<std::thread, threads> all;
  for (std::size_t i = 0; i < threads; ++i) {
    all[i] = std::thread([&, i] {
      for (int n = 0; n < times; ++n) {
        here.service.loop().post(jobs[i]);
        while (jobs[i].ran == n) std::this_thread::yield();  // one that is lost is waited for ever
      }
      if (--running == 0) here.loop.stop();
    });
  }
  here.loop.run();
  for (std::thread& each : all) each.join();
  for (const counting& job : jobs) EXPECT_EQ(job.ran, times);
}

TEST(posix_loop, is_stopped_by_a_signal_handler_which_leaves_errno_alone) {
  waiting_loop here;
  static posix::loop* target = nullptr;
  target = &here.loop;
  const auto before = std::signal(SIGUSR1, [](int) { target->stop(); });
  const pthread_t self = pthread_self();
  std::thread other([self] { pthread_kill(self, SIGUSR1); });
  here.loop.run();
  other.join();
  EXPECT_EQ(here.service.stops, 1);
  errno = ERANGE;
  std::raise(SIGUSR1);
  EXPECT_EQ(errno, ERANGE);
  std::signal(SIGUSR1, before);
}

TEST(posix_loop, waits_a_little_when_the_system_has_no_descriptors_or_memory) {
  for (const int error : {EMFILE, ENOBUFS}) {
    waiting_loop here;
    accept_fails_with = error;
    const socket_end far = here.connect();
    alarm better([] { accept_fails_with = 0; });
    here.arm(better, 20ms);
    here.run_for(150ms);
    EXPECT_EQ(here.service.accepted.size(), 1U) << error;
    EXPECT_EQ(accepts, 2 + 1) << error << ": one failed, one succeeded, one found nobody";
    EXPECT_LE(here.counted.turns, 8) << error;
  }
}

TEST(posix_loop, serves_on_when_this_process_is_out_of_descriptors) {
  waiting_loop here;
  socket_end far = here.connect();
  socket_end late = here.connect();
  far.write("here");
  here.service.most = 1;
  net::stream& stream = here.accepted();
  here.service.most = 2;
  here.loop.resume_accepting();
  std::vector<int> all;
  for (int each = ::dup(0); each >= 0; each = ::dup(0)) all.push_back(each);
  EXPECT_EQ(errno, EMFILE);
  here.loop.poll();
  EXPECT_EQ(here.service.accepted.size(), 1U);
  std::array<std::byte, 8> read{};
  EXPECT_EQ(stream.try_read(read).bytes, 4U);
  for (const int each : all) ::close(each);
  here.run_for(150ms);
  EXPECT_EQ(here.service.accepted.size(), 2U);
}

TEST(posix_loop, waits_a_little_when_the_system_has_no_memory_to_wait_with) {
  waiting_loop here;
  const socket_end far = here.connect();
  poll_fails_with = ENOMEM;
  alarm better([] { poll_fails_with = 0; });
  here.arm(better, 20ms);
  here.run_for(150ms);
  EXPECT_EQ(here.service.accepted.size(), 1U);
  EXPECT_LE(here.counted.turns, 8);
}

TEST(posix_loop, takes_the_next_connection_when_one_had_gone_before) {
  waiting_loop here;
  const socket_end far = here.connect();
  accept_fails_with = ECONNABORTED;
  here.loop.poll();
  EXPECT_EQ(accepts, 16) << "and others have their turn in between";
  accept_fails_with = 0;
  here.loop.poll();
  EXPECT_EQ(here.service.accepted.size(), 1U);
}

struct noting final : net::stream_user {
  void on_readable() noexcept override {}
  void on_writable() noexcept override { ++writable; }
  int writable = 0;
};

constexpr std::string_view words = "patience";

TEST(posix_stream, waits_a_little_when_the_system_has_no_buffers) {
  waiting_loop here;
  const socket_end far = here.connect();
  net::stream& stream = here.accepted();
  noting user;
  stream.attach(user);
  send_fails_with = ENOBUFS;
  EXPECT_EQ(stream.try_write(std::as_bytes(std::span(words))).outcome, net::io::would_block);
  send_fails_with = 0;
  stream.want_write();
  here.run_for(30ms);
  EXPECT_EQ(user.writable, 0) << "asking again at once would be spinning";
  EXPECT_LE(here.counted.turns, 5);
}

TEST(posix_stream, writes_again_when_the_system_has_buffers_again) {
  waiting_loop here;
  const socket_end far = here.connect();
  net::stream& stream = here.accepted();
  noting user;
  stream.attach(user);
  send_fails_with = ENOMEM;
  EXPECT_EQ(stream.try_write(std::as_bytes(std::span(words))).outcome, net::io::would_block);
  send_fails_with = 0;
  stream.want_write();
  here.run_for(150ms);
  EXPECT_EQ(user.writable, 1);
  EXPECT_EQ(stream.try_write(std::as_bytes(std::span(words))).bytes, words.size());
}

TEST(posix_stream, tells_an_address_of_ipv4_as_such_through_a_socket_for_both_families) {
  posix_rig rig(posix::everywhere);
  const socket_end far = rig.connect();
  ASSERT_TRUE(rig.until([&] { return rig.service.accepted.size() == 1; }));
  char text[64];
  const std::string_view peer(text, rig.service.accepted.front()->peer(text));
  EXPECT_TRUE(peer.starts_with("127.0.0.1:")) << peer;
}

/// Whether a wake-up would end a `poll` now.
template <class Wakeup>
bool rings(const Wakeup& wakeup) {
  pollfd one{wakeup.descriptor(), POLLIN, 0};
  return ::poll(&one, 1, 0) == 1;
}

template <class Wakeup>
class any_wakeup : public testing::Test {};
using wakeups = testing::Types<posix::pipe_wakeup, posix::datagram_wakeup>;
TYPED_TEST_SUITE(any_wakeup, wakeups);

TYPED_TEST(any_wakeup, rings_until_it_is_quietened) {
  TypeParam wakeup;
  ASSERT_TRUE(wakeup.open().ok());
  EXPECT_FALSE(rings(wakeup));
  EXPECT_TRUE(wakeup.ring());
  EXPECT_TRUE(wakeup.ring());
  EXPECT_TRUE(rings(wakeup));
  wakeup.quieten();
  EXPECT_FALSE(rings(wakeup));
  EXPECT_TRUE(wakeup.ring());
  EXPECT_TRUE(rings(wakeup));
}

TEST(datagram_wakeup, does_not_hear_strangers) {
  posix::datagram_wakeup wakeup;
  ASSERT_TRUE(wakeup.open().ok());
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ASSERT_EQ(::getsockname(wakeup.descriptor(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  const int stranger = ::socket(AF_INET, SOCK_DGRAM, 0);
  EXPECT_EQ(::sendto(stranger, "x", 1, 0, reinterpret_cast<sockaddr*>(&address), size), 1);
  EXPECT_FALSE(rings(wakeup));
  ::close(stranger);
}

TEST(datagram_wakeup, says_so_when_it_could_not_ring) {
  posix::datagram_wakeup wakeup;
  ASSERT_TRUE(wakeup.open().ok());
  send_fails_with = ENOBUFS;
  EXPECT_FALSE(wakeup.ring());
  send_fails_with = 0;
}

TEST(posix_listener, refuses_with_a_sentence) {
  posix::listener first;
  ASSERT_TRUE(first.open({.bind = "127.0.0.1"}).ok());
  EXPECT_NE(first.port(), 0);
  posix::listener second;
  const std::uint16_t taken = first.port();
  EXPECT_EQ(second.open({.bind = "127.0.0.1", .port = taken}).reason(), "the port is in use");
  EXPECT_EQ(second.open({.bind = "192.0.2.1"}).reason(), "the address is not this machine's");
  EXPECT_EQ(second.open({.bind = "localhost"}).reason(),
            "not an IP address, or not of a family that this system has");
  EXPECT_EQ(second.open({.bind = std::string(100, '1')}).reason(),
            "not an IP address, or not of a family that this system has");
  EXPECT_FALSE(second);
}

TEST(posix_listener, listens_on_ipv6_where_the_system_has_it) {
  posix::listener loopback;
  const status opened = loopback.open({.bind = "::1"});
  if (!opened.ok()) GTEST_SKIP() << opened.reason();
  EXPECT_NE(loopback.port(), 0);
}

constexpr limits few = small_limits();

TEST(posix_host, serves_a_browser_from_memory_that_is_part_of_it) {
  static posix::host<board_socket, few> host({.port = 0});
  ASSERT_EQ(host.problem(), "");
  browser visitor(std::make_unique<socket_pipe>(socket_end::to_port(host.port()),
                                                [] { host.events().poll(); }));
  ASSERT_EQ(visitor.upgrade({}).status, 101);
  EXPECT_NE(host.core().counted().upgrades, 0U);
}

TEST(posix_host, knows_the_name_of_its_machine_where_others_can_connect) {
  using given = posix::host_in<board_socket>;
  const limits sizes = small_limits();
  region memory(given::bytes(sizes));
  const std::span<std::byte> all(memory.begin(), given::bytes(sizes));
  const auto name = [&](const posix::options& chosen) {
    given host(sizes, all, chosen);
    return std::string(host.core().options().device_name);
  };
  char own[256];
  ASSERT_EQ(::gethostname(own, sizeof own), 0);
  EXPECT_EQ(name({.port = 0}), "");
  // not an address of this machine: nothing listens, and the host knows its name all the same
  EXPECT_EQ(name({.bind = "192.0.2.7", .port = 0}), own);
  EXPECT_EQ(name({.bind = "192.0.2.7", .port = 0, .serve = {.device_name = "other"}}), "other");
}

TEST(posix_host, serves_from_memory_that_it_is_given_until_another_thread_stops_it) {
  using given = posix::host_in<board_socket>;
  const limits sizes = small_limits();
  region memory(given::bytes(sizes));
  given host(sizes, {memory.begin(), given::bytes(sizes)}, {.port = 0});
  ASSERT_EQ(host.problem(), "");
  int code = -1;
  std::thread thread([&] { code = host.run(); });
  {
    browser visitor(std::make_unique<socket_pipe>(socket_end::to_port(host.port())));
    EXPECT_EQ(visitor.upgrade({}).status, 101);
  }
  host.stop();
  thread.join();
  EXPECT_EQ(code, 0);
}

TEST(posix_host, will_not_run_with_less_memory_than_it_needs) {
  using given = posix::host_in<board_socket>;
  const limits sizes = small_limits();
  region memory(given::bytes(sizes));
  given host(sizes, {memory.begin(), given::bytes(sizes) - 1});
  EXPECT_EQ(host.problem(), "the memory given is smaller than host_in::bytes requires");
  EXPECT_EQ(host.run(), 1);
  host.stop();
}

TEST(posix_host, will_not_run_with_more_clients_than_there_can_be_descriptors) {
  const auto in_a_child = [] {
    const rlimit set{.rlim_cur = 100, .rlim_max = 200};
    if (::setrlimit(RLIMIT_NOFILE, &set) != 0) return 1;
    limits sizes = small_limits();
    sizes.connections = 150;
    const posix::host_in<board_socket> host(sizes, {});
    return host.problem() ==
                   "limits: connections + requests need more descriptors than this process may "
                   "have (RLIMIT_NOFILE)"
               ? 0
               : 2;
  };
  EXPECT_EXIT(std::_Exit(in_a_child()), testing::ExitedWithCode(0), "");
}

TEST(posix_host, does_not_run_with_invalid_limits) {
  limits sizes = small_limits();
  sizes.pages = 0;
  posix::host_in<board_socket> host(sizes, {});
  EXPECT_EQ(host.problem(), "limits: pages must be at least 1");
}

TEST(posix_host, will_not_run_without_a_source_of_entropy) {
  using given = posix::host_in<board_socket>;
  const limits sizes = small_limits();
  region memory(given::bytes(sizes));
  const std::span<std::byte> all(memory.begin(), given::bytes(sizes));
  const std::string_view why = "this system has no source of entropy: options::entropy gives one";
  EXPECT_EQ(given(sizes, all, {.port = 0, .entropy = nullptr}).problem(), why);
  const auto dry = [](std::span<std::byte>) noexcept { return false; };
  EXPECT_EQ(given(sizes, all, {.port = 0, .entropy = dry}).problem(), why);
}

TEST(posix_host, takes_entropy_from_the_source_that_it_is_given) {
  region memory(posix::loop::bytes(1));
  posix::loop loop(1, memory.begin(), [](std::span<std::byte> into) noexcept {
    for (std::byte& each : into) each = std::byte{7};
    return true;
  });
  std::array<std::byte, 3> bytes{};
  loop.entropy(bytes);
  EXPECT_EQ(bytes[2], std::byte{7});
}

}  // namespace
}  // namespace musubi::test
