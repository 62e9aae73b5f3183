/// A host of several cores over real sockets: clients are spread, topics reach all of them.

#include "support/browser.hpp"
#include "support/running_host.hpp"
#include "support/socket_path.hpp"
#include "support/socket_pipe.hpp"

#include <array>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include <musubi/asio/host.hpp>
#include <musubi/asio/internal/listener.hpp>
#include <musubi/host/topic.hpp>

namespace musubi::test {
namespace {

struct word {
  std::int32_t number;
};

/// Counts what it hears, and tells what it is asked to.
struct talker {
  static constexpr std::string_view module = "Test.Talker";
  static topic<word, 1024>& words() {
    static topic<word, 1024> shared;
    return shared;
  }
  struct State {
    std::int32_t heard;
    std::int32_t sum;
  };
  struct Tell {
    std::int32_t number;
  };
  using commands = musubi::commands<Tell>;
  struct Params {};
  status mount(const Params&, context& ctx) { return ctx.subscribe(*this, words()); }
  void handle_info(const word& said, context&) {
    ++heard;
    sum += said.number;
  }
  status handle(const Tell& command, context&) {
    return words().publish({command.number}) ? status() : musubi::refuse("somebody is deaf");
  }
  State render() const { return {heard, sum}; }
  std::int32_t heard = 0;
  std::int32_t sum = 0;
};

struct talker_socket {
  using roots = musubi::roots<talker>;
};

/// A host on a port of the system's choice, for a few clients.
asio::options for_few(std::uint32_t cores) {
  asio::options chosen;
  chosen.port = 0;
  chosen.cores = cores;
  chosen.handle_signals = false;
  chosen.limits.connections = 16;
  chosen.limits.pages = 16;
  chosen.limits.close_timeout = std::chrono::milliseconds(10);
  return chosen;
}

TEST(a_host_of_two_cores, lets_topics_reach_every_page_on_every_core) {
  asio::options chosen;
  chosen.port = 0;
  chosen.cores = 2;
  chosen.handle_signals = false;
  chosen.limits.connections = 64;
  chosen.limits.pages = 64;
  chosen.limits.backlog_blocks = 64;
  chosen.limits.posts = {64, 1024};
  chosen.limits.close_timeout = std::chrono::milliseconds(10);
  asio::host<talker_socket> host(chosen);
  ASSERT_EQ(host.problem(), "");
  running_host running(host);

  constexpr int clients = 16;
  constexpr int each_tells = 25;
  std::vector<std::unique_ptr<browser>> browsers;
  std::vector<root> roots;
  for (int i = 0; i < clients; ++i) {
    browsers.push_back(
        std::make_unique<browser>(std::make_unique<socket_pipe>(socket_end::to_port(host.port()))));
    ASSERT_EQ(browsers.back()->upgrade().status, 101);
    roots.push_back(browsers.back()->mounted("Test.Talker"));
  }
  std::vector<std::thread> callers;
  for (std::size_t half = 0; half < 2; ++half) {
    callers.emplace_back([&, half] {
      for (int tell = 0; tell < each_tells; ++tell) {
        for (std::size_t i = half; i < roots.size(); i += 2) {
          (void)roots[i].command("tell", R"({"number":1})");
        }
      }
    });
  }
  for (std::thread& each : callers) each.join();

  const std::string all_heard = std::to_string(clients * each_tells);
  const std::string last = replace("/sum", all_heard) + "," + replace("/heard", all_heard);
  for (auto& each : browsers) {
    std::string message;
    do {
      message = each->next();
      ASSERT_NE(message, "") << "some words were lost";
      ASSERT_EQ(message.find("deaf"), std::string::npos) << message;
    } while (message.find(last) == std::string::npos);
  }
  running.stop();
  for (auto& each : browsers) EXPECT_EQ(each->close_code(), 1012);
}

TEST(a_host_of_two_cores, takes_what_other_threads_post_and_stops_in_the_middle_of_it) {
  const asio::options chosen = for_few(2);
  asio::host<talker_socket> host(chosen);
  ASSERT_EQ(host.problem(), "");
  running_host running(host);
  browser page(std::make_unique<socket_pipe>(socket_end::to_port(host.port())));
  ASSERT_EQ(page.upgrade().status, 101);
  (void)page.mounted("Test.Talker");
  std::thread posting([] {
    for (int i = 0; i < 2000; ++i) (void)talker::words().post({i});
  });
  EXPECT_NE(page.next().find("\"patch\""), std::string::npos);
  running.stop();
  posting.join();
  EXPECT_EQ(page.close_code(), 1012);
}

TEST(a_host_of_asio, serves_the_names_of_its_machine_where_others_can_connect) {
  asio::options chosen = for_few(1);
  chosen.unix_path = socket_path("names");
  asio::host<talker_socket> host(chosen);
  ASSERT_EQ(host.problem(), "");
  running_host running(host);
  const auto status = [&](const std::string& name) {
    browser page(std::make_unique<socket_pipe>(socket_end::to_path(chosen.unix_path.c_str())));
    return page.upgrade({.host = name}).status;
  };
  EXPECT_EQ(status(asio::own_name()), 101);
  EXPECT_EQ(status("192.0.2.7"), 101);
  EXPECT_EQ(status("stranger.example"), 403);
}

TEST(a_host_of_asio, serves_no_name_but_that_of_loopback_where_only_its_machine_can_connect) {
  const asio::options chosen = for_few(1);
  asio::host<talker_socket> host(chosen);
  ASSERT_EQ(host.problem(), "");
  running_host running(host);
  const auto status = [&](const std::string& name) {
    browser page(std::make_unique<socket_pipe>(socket_end::to_port(host.port())));
    return page.upgrade({.host = name}).status;
  };
  EXPECT_EQ(status("localhost"), 101);
  EXPECT_EQ(status(asio::own_name()), asio::own_name() == "localhost" ? 101 : 403);
}

TEST(a_host_of_asio, serves_the_name_by_which_its_machine_is_found_on_each_core) {
  asio::options chosen = for_few(2);
  chosen.limits.connections = 64;
  asio::host<talker_socket> host(chosen);
  ASSERT_EQ(host.problem(), "");
  running_host running(host);
  const auto status = [&](const std::string& name) {
    browser page(std::make_unique<socket_pipe>(socket_end::to_port(host.port())));
    return page.upgrade({.host = name}).status;
  };
  // either core may serve a connection, and each hears of it in its own turn
  const auto until_all = [&](int wanted, const std::string& name) {
    int in_a_row = 0;
    for (int tries = 0; in_a_row != 32 && tries < 10000; ++tries) {
      in_a_row = status(name) == wanted ? in_a_row + 1 : 0;
    }
    return in_a_row == 32;
  };
  EXPECT_EQ(status("cellar-2.local"), 403);
  host.place().of_name->is_found_as("cellar-2.local");
  EXPECT_TRUE(until_all(101, "cellar-2.local"));
  host.place().of_name->is_found_as("cellar-3.local");
  EXPECT_TRUE(until_all(101, "cellar-3.local"));
  EXPECT_TRUE(until_all(403, "cellar-2.local"));
  EXPECT_EQ(status("localhost"), 101);
}

TEST(a_host_of_asio, serves_its_own_name_besides_the_one_by_which_it_is_found) {
  constexpr std::array<std::string_view, 1> known{"gw.example.org"};
  for (const bool listed : {false, true}) {
    asio::options chosen;
    chosen.unix_path = socket_path("found");
    chosen.handle_signals = false;
    chosen.limits.connections = 16;
    chosen.limits.pages = 16;
    chosen.limits.close_timeout = std::chrono::milliseconds(10);
    chosen.serve.device_name = "gw.example.org";
    if (listed) chosen.serve.allowed_hosts = known;
    asio::host<talker_socket> host(chosen);
    ASSERT_EQ(host.problem(), "");
    host.place().of_name->is_found_as("gw-2.local");  // heard when it runs
    running_host running(host);
    const auto status = [&](const std::string& name) {
      browser page(std::make_unique<socket_pipe>(socket_end::to_path(chosen.unix_path.c_str())));
      return page.upgrade({.host = name}).status;
    };
    for (int tries = 0; status("gw-2.local") != 101 && tries < 10000; ++tries) continue;
    EXPECT_EQ(status("gw-2.local"), 101);
    EXPECT_EQ(status("gw.example.org"), 101);
    EXPECT_EQ(status("gw"), listed ? 403 : 101);
    EXPECT_EQ(status("gw.local"), listed ? 403 : 101);
    EXPECT_EQ(status("stranger.example"), 403);
  }
}

TEST(a_host_of_asio, does_not_start_with_more_clients_than_there_can_be_descriptors) {
  const auto in_a_child = [] {
    const rlimit set{.rlim_cur = 200, .rlim_max = 300};
    if (::setrlimit(RLIMIT_NOFILE, &set) != 0) return 1;
    asio::options chosen;
    chosen.port = 0;
    chosen.limits = {.connections = 200, .requests = 40, .pages = 16};
    const asio::host<talker_socket> host(chosen);
    return host.problem() ==
                   "limits: connections + requests need 305 descriptors, but this process may "
                   "have 300 (RLIMIT_NOFILE)"
               ? 0
               : 2;
  };
  EXPECT_EXIT(std::_Exit(in_a_child()), testing::ExitedWithCode(0), "");
}

TEST(a_host_of_asio, does_not_start_with_a_proxy_that_is_no_address) {
  constexpr std::array<std::string_view, 2> known{"10.0.0.0/8", "proxy.local"};
  asio::options chosen;
  chosen.serve.proxies = net::http::trusted_proxies(known);
  const asio::host<talker_socket> host(chosen);
  EXPECT_EQ(host.problem(), "proxies: \"proxy.local\" is not an address or a network");
}

}  // namespace
}  // namespace musubi::test
