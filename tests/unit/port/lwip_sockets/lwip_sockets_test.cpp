/// A host on lwIP's sockets, beside lwIP's thread and the application's.

#include "support/browser.hpp"
#include "support/patience.hpp"
#include "support/small_limits.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <lwip/ip.h>
#include <lwip/pbuf.h>
#include <lwip/tcpip.h>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <musubi/host/watch.hpp>
#include <musubi/posix/host.hpp>

namespace {
std::atomic<int> wakeups{0};  // they are the only datagrams
std::atomic<bool> loses_wakeups{false};
}  // namespace

/// lwIP asks it about each packet that comes: whether to drop it.
int musubi_test_takes(struct pbuf* packet) {
  if (static_cast<const unsigned char*>(packet->payload)[9] != IP_PROTO_UDP) return 0;
  ++wakeups;
  if (!loses_wakeups) return 0;
  pbuf_free(packet);
  return 1;
}

namespace musubi::test {
namespace {

constinit watch<std::int32_t> level{0};

struct gauge {
  static constexpr std::string_view module = "Test.Gauge";
  struct State {
    std::int32_t level;
  };
  struct Set {
    std::int32_t to;
  };
  using commands = musubi::commands<Set>;
  status mount(context& ctx) { return ctx.follow(level); }
  status handle(const Set& command, context&) {
    level.set(command.to);
    return {};
  }
  State render() const { return {level.get()}; }
};
struct gauge_socket {
  using roots = musubi::roots<gauge>;
};

/// A client's socket, of the same lwIP.
class socket_of_lwip final : public byte_pipe {
 public:
  explicit socket_of_lwip(std::uint16_t port) : socket_(lwip_socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_len = sizeof to;
    to.sin_family = AF_INET;
    to.sin_port = lwip_htons(port);
    to.sin_addr.s_addr = lwip_htonl(INADDR_LOOPBACK);
    EXPECT_EQ(lwip_connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    const timeval most{.tv_sec = patience.count(), .tv_usec = 0};
    (void)lwip_setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
  }
  ~socket_of_lwip() override { close(); }
  void write(std::string_view bytes) override {
    EXPECT_EQ(lwip_send(socket_, bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
  }
  /// Waits until something has come.
  std::string read() override {
    char piece[2048];
    const ssize_t bytes = lwip_recv(socket_, piece, sizeof piece, 0);
    ended_ = ended_ || bytes <= 0;
    return {piece, bytes > 0 ? static_cast<std::size_t>(bytes) : 0};
  }
  bool ended() override { return ended_; }
  void close() override {
    if (socket_ >= 0) (void)lwip_close(socket_);
    socket_ = -1;
  }

 private:
  int socket_;
  bool ended_ = false;
};

bool counted(std::span<std::byte> into) noexcept {
  for (std::byte& each : into) each = std::byte{7};
  return true;
}

class host_on_lwip_sockets : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    static bool started = false;
    if (std::exchange(started, true)) return;
    sys_sem_t up;
    ASSERT_EQ(sys_sem_new(&up, 0), ERR_OK);
    tcpip_init([](void* done) { sys_sem_signal(static_cast<sys_sem_t*>(done)); }, &up);
    sys_sem_wait(&up);
    sys_sem_free(&up);
  }
  host_on_lwip_sockets() {
    std::promise<host_type*> made;
    serving_ = std::thread([this, &made] {
      // on this thread, because values that are set on the thread that makes a host wake nobody
      const std::unique_ptr<host_type> mine(
          new host_type({.bind = "127.0.0.1", .port = 0, .entropy = counted}));
      EXPECT_EQ(mine->problem(), "");
      made.set_value(mine.get());
      code_ = mine->run();
      may_end_.get_future().wait();
    });
    host_ = made.get_future().get();
    level.set(0);
  }
  ~host_on_lwip_sockets() override {
    if (serving_.joinable()) (void)end();
  }
  /// The host's exit code. It lives until `stop` has returned.
  int end() {
    host_->stop();
    may_end_.set_value();
    serving_.join();
    return code_;
  }
  browser visitor() { return browser(std::make_unique<socket_of_lwip>(host_->port())); }
  /// A browser with the gauge.
  browser with_gauge() {
    browser page = visitor();
    EXPECT_EQ(page.upgrade().status, 101);
    (void)page.mounted(gauge::module);
    return page;
  }
  /// Whether the page comes to show `wanted`: each read waits for the next patch.
  static bool comes_to(browser& page, int wanted) {
    const std::string value = R"("value":)" + std::to_string(wanted) + "}";
    for (std::string each = page.next(); !each.empty(); each = page.next()) {
      if (each.find(value) != std::string::npos) return true;
    }
    return false;
  }

  static constexpr limits sizes = [] {
    limits chosen = small_limits();
    chosen.connections = 12;
    chosen.pages = 12;
    return chosen;
  }();
  using host_type = posix::host<gauge_socket, sizes>;
  host_type* host_ = nullptr;

 private:
  std::promise<void> may_end_;
  std::thread serving_;
  int code_ = -1;
};

TEST_F(host_on_lwip_sockets, serves_requests_and_stores) {
  EXPECT_EQ(visitor().get("/nothing").status, 404);
  browser page = visitor();
  ASSERT_EQ(page.upgrade().status, 101);
  root mounted = page.mounted(gauge::module);
  const std::string ref = mounted.command("set", R"({"to":21})");
  EXPECT_EQ(page.next(), mounted.ok(ref));
  EXPECT_EQ(page.next(), mounted.patch(2, replace("/level", "21")));
}

TEST_F(host_on_lwip_sockets, shows_each_what_any_of_ten_has_set) {
  std::vector<browser> pages;
  for (int i = 0; i < 10; ++i) pages.push_back(with_gauge());
  for (int i = 1; i <= 10; ++i) {
    (void)pages[static_cast<std::size_t>(i - 1)].push(
        "1", "musubi:connection:Test.Gauge:main", "command",
        R"({"name":"set","store_id":[],"payload":{"to":)" + std::to_string(i) + "}}");
    for (browser& each : pages) ASSERT_TRUE(comes_to(each, i)) << i;
  }
}

TEST_F(host_on_lwip_sockets, is_woken_by_four_threads_and_misses_nothing) {
  browser page = with_gauge();
  for (int round = 1; round <= 20; ++round) {
    std::vector<std::thread> setters;
    for (int thread = 0; thread < 4; ++thread) {
      setters.emplace_back([thread] {
        for (int i = 0; i < 50; ++i) level.set(-1 - thread * 100 - i);
      });
    }
    for (std::thread& each : setters) each.join();
    level.set(round);  // the host may sleep by now
    ASSERT_TRUE(comes_to(page, round)) << "not woken in round " << round;
  }
}

TEST_F(host_on_lwip_sockets, rings_again_after_a_wake_up_was_lost) {
  browser page = with_gauge();
  loses_wakeups = true;
  level.set(1);
  EXPECT_TRUE(comes_to(page, 1)) << "within a second it looks by itself";
  loses_wakeups = false;
  const int before = wakeups;
  const auto end = std::chrono::steady_clock::now() + patience;
  for (int i = 2; wakeups == before && std::chrono::steady_clock::now() < end; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // it may not sleep yet
    level.set(i);
    EXPECT_TRUE(comes_to(page, i));
  }
  EXPECT_GT(wakeups, before);
}

TEST_F(host_on_lwip_sockets, goes_on_when_a_client_leaves_without_a_word) {
  for (int i = 0; i < 40; ++i) {
    browser page = with_gauge();
    page.close();
  }
  browser page = with_gauge();
  level.set(5);
  EXPECT_TRUE(comes_to(page, 5));
}

TEST_F(host_on_lwip_sockets, stops_when_another_thread_asks_and_tells_its_clients) {
  browser page = with_gauge();
  std::thread([this] { host_->stop(); }).join();
  EXPECT_EQ(page.close_code(), 1012);
  page.close();
  EXPECT_EQ(end(), 0);
}

}  // namespace
}  // namespace musubi::test
