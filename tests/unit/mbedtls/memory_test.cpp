// What Mbed TLS takes of its region, and that it takes nothing else.
#include "support/counting_allocator.hpp"
#include "unit/mbedtls/with_mbedtls.hpp"
#include "unit/tls/guard_behaviour.hpp"

#include <cstdio>
#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <musubi/memory/internal/fault.hpp>

namespace musubi::test {
namespace {

using memory_of_mbedtls = a_host_with_tls<with_mbedtls>;

memory_port::client& end_of(tls_pipe& of) {
  return static_cast<memory_pipe&>(of.wire()).end();
}

TEST_F(memory_of_mbedtls, is_of_the_region_and_not_of_the_heap) {
  const auto pipe = client();
  const std::string hello = pipe->outgoing();
  const heap_watch shaking;
  end_of(*pipe).write(hello);
  server.run();
  EXPECT_EQ(shaking.allocations(), 0U);
  ASSERT_TRUE(pipe->connect());
  const std::string request = pipe->record(ask);
  const heap_watch asking;
  end_of(*pipe).write(request);
  server.run();
  EXPECT_EQ(asking.allocations(), 0U);
  EXPECT_NE(end_of(*pipe).waiting(), 0U);
}

TEST_F(memory_of_mbedtls, is_at_most_what_is_reserved_for_connections_and_a_handshake) {
  const std::uint32_t at_rest = mbedtls::memory::use().used;
  EXPECT_LE(at_rest, mbedtls::detail::identity_bytes);
  std::vector<browser> pages;
  for (int i = 0; i < 8; ++i) {
    pages.push_back(visitor());
    ASSERT_EQ(pages.back().upgrade().status, 101);
  }
  const std::uint32_t open = mbedtls::memory::use().used - at_rest;
  EXPECT_LE(open, 8 * mbedtls::detail::connection_bytes);
  const std::uint32_t handshake = mbedtls::memory::use().high_water - at_rest - open * 7 / 8;
  EXPECT_LE(handshake, mbedtls::detail::connection_bytes + mbedtls::detail::handshake_bytes);
  std::printf("certificate and settings %u, a connection %u, in its handshake at most %u\n",
              at_rest, open / 8, handshake);
  pages.clear();
  server.run_for(3s);
  EXPECT_EQ(mbedtls::memory::use().used, at_rest);
}

TEST_F(memory_of_mbedtls, is_not_fragmented_by_clients_that_come_and_go) {
  std::minstd_rand random(7);
  std::vector<std::unique_ptr<tls_pipe>> all;
  for (int i = 0; i < 300; ++i) {
    if (all.size() < 8 && random() % 3 != 0) {
      all.push_back(client());
      const auto sort = random() % 4;
      if (sort == 0) {
        all.back()->wire().write(all.back()->outgoing().substr(0, 40));  // stops there
      } else {
        EXPECT_TRUE(all.back()->connect() || rig.handshakes().used == 1);
      }
    } else if (!all.empty()) {
      std::swap(all[random() % all.size()], all.back());
      all.back()->close();
      all.pop_back();
    }
    if (random() % 8 == 0) server.run_for(11s);  // ends who stopped, and who asks for nothing
  }
  EXPECT_GT(counted().tls_1_2, 60U);
  EXPECT_EQ(mbedtls::memory::use().failures, 0U);
}

TEST_F(memory_of_mbedtls, that_is_used_up_ends_one_connection_and_no_other) {
  browser page = visitor();
  ASSERT_EQ(page.upgrade().status, 101);
  const std::uint32_t at_rest = mbedtls::memory::use().used;
  const auto pipe = client();
  const std::string hello = pipe->outgoing();
  std::vector<void*> taken;
  while (void* const block = mbedtls::memory::allocate(mbedtls::detail::receive_block)) {
    taken.push_back(block);
  }
  pipe->wire().write(hello);
  EXPECT_TRUE(pipe->ended());
  EXPECT_EQ(counted().of(failure::memory), 1U);
  page.heartbeat();
  EXPECT_FALSE(page.silent());
  for (void* const block : taken) mbedtls::memory::deallocate(block);
  server.run_for(1s);
  EXPECT_EQ(mbedtls::memory::use().used, at_rest);
}

TEST_F(memory_of_mbedtls, that_is_missing_for_any_step_of_a_handshake_ends_it_and_leaves_nothing) {
  const std::uint32_t at_rest = mbedtls::memory::use().used;
  std::uint32_t failed = 0;
  for (std::uint32_t nth = 1; nth < 5000; nth += 1 + nth / 16) {
    const auto pipe = client();
    fault::arm(nth);
    const bool connected = pipe->connect();
    const bool passed = fault::armed();
    fault::disarm();
    failed += connected ? 0 : 1;
    pipe->close();
    server.run_for(3s);
    ASSERT_EQ(rig.handshakes().used, 0U) << nth;
    ASSERT_EQ(rig.connections().used, 0U) << nth;
    ASSERT_EQ(mbedtls::memory::use().used, at_rest) << nth;
    if (passed) break;
  }
  EXPECT_GT(failed, 50U);
  EXPECT_GT(counted().of(failure::memory), 50U);
  EXPECT_TRUE(serves());
}

}  // namespace
}  // namespace musubi::test
