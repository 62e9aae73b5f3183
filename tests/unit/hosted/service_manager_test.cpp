#include "unit/async/virtual_host.hpp"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <musubi/async/task_group.hpp>
#include <musubi/hosted/service_manager.hpp>

namespace musubi::service_manager {
namespace {

using namespace std::chrono_literals;

/// What a service manager hears, at an abstract address, and what it tells the program.
class service_manager : public testing::Test {
 protected:
  service_manager() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = "@musubi-test-" + std::to_string(::getpid());
    std::memcpy(address.sun_path, name.data(), name.size());
    address.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size), 0);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~service_manager() override {
    ::close(socket_);
    for (const char* each : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(each);
  }
  /// The next thing said; "" when nothing was.
  std::string heard() {
    char text[64];
    const ssize_t got = ::recv(socket_, text, sizeof text, MSG_DONTWAIT);
    return got < 0 ? std::string() : std::string(text, static_cast<std::size_t>(got));
  }

 private:
  int socket_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
};

TEST_F(service_manager, hears_that_the_program_is_ready_and_that_it_stops) {
  ready();
  stopping();
  EXPECT_EQ(heard(), "READY=1");
  EXPECT_EQ(heard(), "STOPPING=1");
}

TEST_F(service_manager, that_is_not_there_is_no_problem) {
  ::setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1);
  ready();
  ::setenv("NOTIFY_SOCKET", std::string(1000, 'x').c_str(), 1);
  ready();
  ::unsetenv("NOTIFY_SOCKET");
  ready();
  EXPECT_EQ(heard(), "");
}

TEST_F(service_manager, watches_if_it_says_so_to_this_process) {
  EXPECT_EQ(watchdog(), std::nullopt);
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  EXPECT_EQ(watchdog(), 30s);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(watchdog(), 30s);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid() + 1).c_str(), 1);
  EXPECT_EQ(watchdog(), std::nullopt);
  ::unsetenv("WATCHDOG_PID");
  for (const char* wrong : {"", "0", "-5", "soon"}) {
    ::setenv("WATCHDOG_USEC", wrong, 1);
    EXPECT_EQ(watchdog(), std::nullopt) << wrong;
  }
}

TEST_F(service_manager, is_told_three_times_within_its_patience) {
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  test::virtual_host host;
  task_group group;
  ASSERT_TRUE(group.spawn(keep_alive()).ok());
  host.run();
  EXPECT_EQ(heard(), "WATCHDOG=1");
  EXPECT_EQ(heard(), "");
  for (int i = 0; i < 3; ++i) {
    host.run_for(10s);
    EXPECT_EQ(heard(), "WATCHDOG=1");
  }
}

}  // namespace
}  // namespace musubi::service_manager
