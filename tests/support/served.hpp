#pragma once
/// A host on the memory port, sized for tests, that looks after its pools.

#include "support/browser.hpp"
#include "support/small_limits.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>

#include <musubi/memory_port/host.hpp>

namespace musubi::test {

using namespace std::chrono_literals;

/// What is out of the pools of `host`: "pages 2, subscriptions 1"; empty when nothing is.
inline std::string in_use(const host_core& host) {
  std::map<std::string, std::uint32_t> used;
  host.each_pool([&](const pool_metrics& pool) {
    if (pool.used != 0) used[std::string(pool.name)] += pool.used;
  });
  std::string list;
  for (const auto& [name, count] : used) {
    list += (list.empty() ? "" : ", ") + name + " " + std::to_string(count);
  }
  return list;
}

/// How often the pools called `name` refused.
inline std::uint32_t failures(const host_core& host, std::string_view name) {
  std::uint32_t count = 0;
  host.each_pool([&](const pool_metrics& pool) {
    if (pool.name == name) count += pool.failures;
  });
  return count;
}

/// Serves `Socket` in process.
template <class Socket>
class served {
 public:
  explicit served(const memory_port::options& chosen = {.limits = small_limits()}) : host_(chosen) {
    EXPECT_EQ(host_.problem(), "") << "the test wants what no host can have";
  }

  /// A browser that has not said anything, at that address.
  browser connection(std::string_view from = {}) {
    return browser(std::make_unique<memory_pipe>(host_.events(), host_.connect(from)));
  }
  /// A browser with its WebSocket open.
  browser open(const upgrade_request& wanted = {}, std::string_view from = {}) {
    browser made = connection(from);
    EXPECT_EQ(made.upgrade(wanted).status, 101);
    return made;
  }
  [[nodiscard]] memory_port::client& end_of(browser& whose) {
    return static_cast<memory_pipe&>(whose.wire()).end();
  }
  void run() { EXPECT_TRUE(host_.settle()) << "the host never comes to rest"; }
  void run_for(duration span) {
    EXPECT_TRUE(host_.run_for(span)) << "the host never comes to rest";
  }
  [[nodiscard]] memory_port::host<Socket>& host() { return host_; }
  [[nodiscard]] host_core& core() { return host_.core(); }
  [[nodiscard]] memory_port::faults& faults() { return host_.events().faults(); }
  [[nodiscard]] const counters& counted() { return host_.core().counted(); }
  [[nodiscard]] std::string in_use() { return test::in_use(host_.core()); }

 private:
  memory_port::host<Socket> host_;
};

}  // namespace musubi::test
