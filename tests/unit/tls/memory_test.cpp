// What OpenSSL takes, of the region and of the heap. A program of its own: see
// tests/CMakeLists.txt.
#include "support/board.hpp"
#include "support/counting_allocator.hpp"
#include "support/served.hpp"
#include "support/tls_files.hpp"
#include "unit/tls/tls_pipe.hpp"

#include <cstdio>
#include <gtest/gtest.h>
#include <optional>

#include <musubi/tls/guard.hpp>
#include <musubi/tls/memory.hpp>

namespace musubi::test {
namespace {

TEST(memory_of_tls, is_of_the_region_and_not_of_the_heap) {
  tls::memory memory;
  const tls::sizes limit{.connections = 64, .handshakes = 8};
  ASSERT_TRUE(memory.reserve(limit, 1));
  const tls_files files;
  tls::identity shown;
  ASSERT_EQ(shown.load(files.certificate(), files.key()), "");
  std::optional<tls::guard> in_front;
  served<board_socket> server;
  tls::guard& guard = in_front.emplace(server.host().events(), server.core(), shown, limit);
  server.host().events().serve(guard);
  const auto visit = [&] {
    auto wire = std::make_unique<memory_pipe>(server.host().events(), server.host().connect());
    auto client = std::make_unique<tls_pipe>(std::move(wire));
    EXPECT_TRUE(client->connect());
    return client;
  };
  { const auto first = visit(); }  // OpenSSL makes what it keeps for ever
  server.run_for(3s);

  // the client's side is of the same region: so look at what one step of the host's alone takes
  auto wire = std::make_unique<memory_pipe>(server.host().events(), server.host().connect());
  memory_port::client& end = wire->end();
  auto client = std::make_unique<tls_pipe>(std::move(wire));
  server.run();
  const std::string hello = client->outgoing();
  const heap_watch heap;
  const std::uint64_t before = tls::memory::use().used;
  end.write(hello);
  server.run();
  const std::uint64_t shaking = tls::memory::use().used - before;
  EXPECT_EQ(heap.allocations(), 0U);
  ASSERT_TRUE(client->connect());
  const std::string request = client->record("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::uint64_t with_client = tls::memory::use().used;
  const heap_watch second;
  end.write(request);
  server.run();
  EXPECT_EQ(second.allocations(), 0U);
  EXPECT_LE(tls::memory::use().used, with_client + 1024);  // its buffers are gone again
  EXPECT_EQ(tls::memory::use().failures, 0U);
  EXPECT_LT(shaking, 96U * 1024);
  std::printf("a handshake: %llu bytes after the first flight; the process %llu of %llu\n",
              static_cast<unsigned long long>(shaking),
              static_cast<unsigned long long>(tls::memory::use().high_water),
              static_cast<unsigned long long>(tls::memory::use().bytes));
}

}  // namespace
}  // namespace musubi::test
