/// Announcements through a real Avahi. It takes its time, so these tests wait for what they expect.

#include "support/avahi.hpp"
#include "support/patience.hpp"

#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <musubi/mdns/announcement.hpp>

namespace musubi::mdns {
namespace {

using namespace std::chrono_literals;

/// Keeps what is logged, by any thread.
class heard_lines final : public log_output {
 public:
  void write(log_level, std::string_view line) noexcept override {
    const std::scoped_lock held(mutex_);
    all_.emplace_back(line);
  }
  /// How often it was logged.
  [[nodiscard]] std::size_t count(std::string_view part) const {
    const std::scoped_lock held(mutex_);
    std::size_t found = 0;
    for (const std::string& each : all_) found += each.find(part) != std::string::npos;
    return found;
  }
  [[nodiscard]] std::string all() const {
    const std::scoped_lock held(mutex_);
    std::string text;
    for (const std::string& each : all_) text += each + "\n";
    return text;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> all_;
};

constexpr hosted::listening_place host{.bind = "127.0.0.1", .port = 4000};
constexpr service cellar{.name = "Cellar", .build = "b7", .on_loopback = true};

class announcements : public testing::Test {
 protected:
  ~announcements() override { shown.reset(); }  // before its log
  bool until(const std::function<bool()>& expected) {
    const auto end = std::chrono::steady_clock::now() + test::patience;
    while (!expected()) {
      if (std::chrono::steady_clock::now() > end) {
        ADD_FAILURE() << lines.all() << avahi.said();
        return false;
      }
      test::avahi::pause();
    }
    return true;
  }
  bool until_said(std::string_view part, std::size_t times = 1) {
    return until([&] { return lines.count(part) >= times; });
  }
  bool until_found(std::string_view part) {
    return until([&] { return test::avahi::found().find(part) != std::string::npos; });
  }
  bool until_lost(std::string_view part) {
    return until([&] { return test::avahi::found().find(part) == std::string::npos; });
  }
  void announce(const service& what = cellar) { shown.emplace(host, what, log); }

  test::avahi avahi;
  heard_lines lines;
  musubi::log log{log_level::notice, lines};
  std::optional<announcement> shown;
};

TEST_F(announcements, are_found_with_their_address_and_build) {
  avahi.start_bus();
  avahi.start();
  announce();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\", http://cellar.local:4000/"));
  EXPECT_TRUE(until_found("=;lo;IPv4;Cellar;_http._tcp;local;cellar.local;"));
  EXPECT_TRUE(until_found(";4000;\"path=/\""));
  EXPECT_TRUE(until_found("=;lo;IPv4;Cellar;_musubi._tcp;local;cellar.local;"));
  EXPECT_TRUE(until_found(R"("tls=0" "path=/socket/websocket" "build=b7")"));

  shown.reset();
  EXPECT_TRUE(until_lost("Cellar"));
}

TEST_F(announcements, of_a_host_with_tls_name_https) {
  avahi.start_bus();
  avahi.start();
  shown.emplace(hosted::listening_place{"127.0.0.1", 4443, net::url_scheme::https}, cellar, log);
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\", https://cellar.local:4443/"));
  EXPECT_TRUE(until_found(";Cellar;_https._tcp;"));
  EXPECT_TRUE(until_found("\"tls=1\""));
}

TEST_F(announcements, wait_for_an_avahi_that_is_not_running) {
  avahi.start_bus();
  announce();
  EXPECT_TRUE(until_said("mdns: not announced: Avahi is not running"));
  avahi.start();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\""));
}

TEST_F(announcements, are_made_again_when_avahi_is_back) {
  avahi.start_bus();
  for (const int by : {SIGTERM, SIGKILL}) {
    avahi.start();
    if (!shown) announce();
    const std::size_t before = lines.count("announced as");
    EXPECT_TRUE(until_said("mdns: announced as \"Cellar\"", before + 1));
    avahi.stop(by);
    EXPECT_TRUE(until_said("mdns: not announced any more: Avahi has stopped", before + 1));
  }
  avahi.start();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\"", 3));
  EXPECT_TRUE(until_found(";Cellar;_musubi._tcp;"));
  EXPECT_EQ(lines.count("announced as"), 3U);
  EXPECT_EQ(lines.count("any more"), 2U);
  EXPECT_LE(lines.count("not announced: "), 1U) << lines.all();  // before Avahi ran
}

TEST_F(announcements, wait_for_a_bus_that_is_not_there_or_restarts) {
  announce();
  EXPECT_TRUE(until_said("mdns: not announced: there is no D-Bus, over which Avahi is reached"));
  avahi.start_bus();
  avahi.start();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\""));
  avahi.stop_bus();
  avahi.stop();
  EXPECT_TRUE(until_said("mdns: not announced any more"));
  avahi.start_bus();
  avahi.start();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\"", 2));
}

TEST_F(announcements, take_another_name_if_theirs_is_taken) {
  avahi.start_bus();
  avahi.start();
  announce();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\""));
  std::optional<announcement> second;
  second.emplace(hosted::listening_place{.bind = "127.0.0.1", .port = 4001}, cellar, log);
  EXPECT_TRUE(until_said("mdns: another device is called \"Cellar\"; trying \"Cellar #2\""));
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar #2\", http://cellar.local:4001/"));
  EXPECT_TRUE(until_found(R"(Cellar\032\0352;_http._tcp;)"));
}

TEST_F(announcements, change_their_name) {
  avahi.start_bus();
  avahi.start();
  announce();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\""));
  shown->rename("Attic");
  EXPECT_TRUE(until_said("mdns: announced as \"Attic\""));
  EXPECT_TRUE(until_found(";Attic;_http._tcp;"));
  EXPECT_TRUE(until_lost("Cellar"));
}

TEST_F(announcements, do_not_hold_up_their_host_when_avahi_hangs) {
  avahi.start_bus();
  avahi.start();
  announce();
  EXPECT_TRUE(until_said("mdns: announced as \"Cellar\""));
  avahi.signal(SIGSTOP);
  shown->rename("Attic");
  const auto begin = std::chrono::steady_clock::now();
  shown.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);  // a call over D-Bus takes up to 25
  avahi.stop();
}

TEST_F(announcements, are_not_made_where_only_this_machine_could_follow_them) {
  announce({.name = "Cellar"});
  shown.emplace(hosted::listening_place{.bind = "0.0.0.0"}, cellar, log);  // which has no port
  shown->rename("Attic");
  EXPECT_EQ(lines.all(), "");
  shown.emplace(hosted::listening_place{.unix_path = "/tmp/there"}, cellar, log);
  EXPECT_EQ(lines.all(), "mdns: not announced: it listens on a Unix socket\n");
}

}  // namespace
}  // namespace musubi::mdns
