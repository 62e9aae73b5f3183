#pragma once
/// A host on the memory port, sized for tests, that looks after its pools.

#include "support/browser.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>

#include <musubi/memory_port/host.hpp>

namespace musubi::test {

using namespace std::chrono_literals;

/// Small enough to be reached, large enough for a few browsers.
inline limits small_limits() {
  limits chosen;
  chosen.connections = 8;
  chosen.handshakes = 4;
  chosen.pages = 16;
  chosen.subscriptions = 32;
  chosen.read_bytes = 2048;
  chosen.message_bytes = 4096;
  chosen.large_messages = 2;
  chosen.decode_bytes = 8192;
  chosen.transmit_bytes = 1024;
  chosen.backlog_block_bytes = 256;
  chosen.backlog_blocks = 32;
  chosen.backlog_bytes = 4096;
  chosen.mailbox = 4;
  chosen.mail = {{{256, 8}, {1024, 4}, {4096, 2}}};
  // frames of unoptimised and sanitized builds are several times those of optimised ones
  chosen.frames = {{{512, 32}, {1024, 32}, {4096, 16}, {16384, 4}}};
  return chosen;
}

/// What is out of the pools of `host`: "pages 2, subscriptions 1"; empty when nothing is.
inline std::string in_use(const host_core& host) {
  std::map<std::string, std::uint32_t> used;
  host.each_pool([&](const pool_figures& pool) {
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
  host.each_pool([&](const pool_figures& pool) {
    if (pool.name == name) count += pool.failures;
  });
  return count;
}

/// Serves `Socket` in process.
template <class Socket>
class served {
 public:
  explicit served(const memory_port::options& chosen = {.limits = small_limits()})
      : host_(chosen) {}

  /// A browser that has not said anything.
  browser connection() {
    return browser(std::make_unique<memory_pipe>(host_.events(), host_.connect()));
  }
  /// A browser with its WebSocket open.
  browser open(const upgrade_request& wanted = {}) {
    browser made = connection();
    EXPECT_EQ(made.upgrade(wanted).status, 101);
    return made;
  }
  [[nodiscard]] memory_port::client& end_of(browser& whose) {
    return static_cast<memory_pipe&>(whose.wire()).end();
  }
  void run() { EXPECT_TRUE(host_.run()) << "the host never comes to rest"; }
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
