/// Every allocation fails once through the life of a client of a store that uses everything:
/// nothing is leaked, nothing hangs, and the next client is served.

#include "support/served.hpp"
#include "support/workshop.hpp"

namespace musubi::test {
namespace {

/// All that a client does, whatever it is answered.
void live_through(served<workshop_socket>& server) {
  browser socket = server.connection();
  (void)socket.upgrade();
  root main = socket.join("Test.Workshop", "main", R"({"tools":2})");
  (void)socket.all();
  const auto use = [&](std::string_view tool) {
    (void)socket.push(main.join_ref(), main.topic(), "command",
                      R"({"name":"use","store_id":["tools",")" + std::string(tool) + R"("]})");
  };
  (void)main.command("place", R"({"tools":4})");
  use("tool 3");
  use("tool 0");
  server.run_for(2ms);
  (void)main.command("place", R"({"tools":1})");
  (void)main.command("fill", R"({"parts":5})");
  (void)main.command("ring");
  (void)main.command("measure");
  (void)main.command("inspect");
  (void)main.command("stock");
  (void)main.command("measure");  // the one before is forgotten
  (void)main.command("repair");
  server.run_for(5ms);
  (void)socket.all();
  (void)main.command("inspect");  // and it leaves before that ends
  (void)main.leave();
  (void)socket.all();
  root again = socket.join("Test.Workshop");
  (void)again.command("stock");
  (void)socket.all();
}

void expect_intact(served<workshop_socket>& server) {
  fault::disarm();
  server.run_for(100s);  // every deadline
  EXPECT_EQ(server.in_use(), "");
  browser next = server.open();
  root main = next.mounted("Test.Workshop");
  const std::string ref = main.command("inspect");
  EXPECT_EQ(next.next(), main.ok(ref));
  server.run_for(5ms);
  EXPECT_NE(next.all().find(replace("/width", "8")), std::string::npos);
}

TEST(a_failing_host, survives_the_failure_of_any_allocation_of_a_store_that_uses_everything) {
  for (std::uint32_t nth = 1;; ++nth) {
    SCOPED_TRACE("allocation " + std::to_string(nth));
    served<workshop_socket> server;
    fault::arm(nth);
    live_through(server);
    const bool all_passed = fault::armed();
    expect_intact(server);
    if (HasFailure()) return fault::disarm();
    if (all_passed) {
      EXPECT_GT(nth, 60U);
      return;
    }
  }
}

}  // namespace
}  // namespace musubi::test
