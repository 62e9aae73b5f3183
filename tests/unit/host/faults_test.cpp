/// Every single allocation and I/O operation fails once, through a client's whole life: nothing is
/// leaked, nothing hangs, and the next client is served.

#include "support/board.hpp"
#include "support/served.hpp"

#include <random>

namespace musubi::test {
namespace {

using memory_port::failure;
using memory_port::operation;

/// All that a client does, whatever it is answered; `between` is called at every step.
template <class Between>
void live_through(served<board_socket>& server, Between&& between) {
  browser page = server.connection();
  (void)page.get("/", "X: y\r\n");
  between();
  browser half = server.connection();
  half.send(upgrade_text().substr(0, 40));
  between();
  browser socket = server.connection();
  (void)socket.upgrade({.path = "/socket/websocket?vsn=2.0.0&name=a%20b",
                        .fields =
                            "Cookie: session=a%20b\r\n"
                            "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0\r\n"});
  root main = socket.join("Test.Board", "main", R"({"label":"l","listen":true})");
  root large = socket.join("Test.Scroll", "large");
  (void)socket.all();
  between();
  (void)main.command("add", R"({"amount":1})");
  between();
  (void)main.command("later", R"({"milliseconds":10})");
  between();
  (void)main.command("add", R"({"amount":2})");
  between();
  (void)main.command("tell", R"({"number":5})");
  between();
  (void)large.command("fill", R"({"lines":50})");
  between();
  server.run_for(20ms);
  between();
  // a message in fragments, larger than a read buffer
  const std::string long_echo =
      R"([null,"9","phoenix","heartbeat",{"x":")" + std::string(3000, 'y') + "\"}]";
  socket.send(client_frame(0x1, long_echo.substr(0, 1500), false));
  between();
  socket.send(client_frame(0x9, "ping"));
  between();
  socket.send(client_frame(0x0, long_echo.substr(1500), true));
  between();
  (void)socket.all();
  between();
  (void)main.command("throw");
  between();
  (void)large.leave();
  between();
  (void)main.command("wait", R"({"amount":1})");
  between();
  (void)socket.all();
  between();
  socket.send(client_frame(0x8, "\x03\xe8"));
  between();
}

void live_through(served<board_socket>& server) {
  live_through(server, [] {});
}

/// What must hold afterwards.
void expect_intact(served<board_socket>& server) {
  server.faults() = {};
  fault::disarm();
  server.run_for(100s);  // every deadline
  EXPECT_EQ(server.in_use(), "");
  EXPECT_EQ(server.host().events().used(), 0U);
  browser next = server.open();
  root main = next.mounted("Test.Board");
  const std::string ref = main.command("later", R"({"milliseconds":10})");
  server.run_for(10ms);
  EXPECT_EQ(next.next(), main.ok(ref, R"({"count":1})"));
  EXPECT_EQ(next.next(), main.patch(2, replace("/count", "1")));
}

memory_port::options tight() {
  memory_port::options chosen{.limits = small_limits(), .sizes = {.pipe_bytes = 2048}};
  chosen.limits.backlog_bytes = 16384;
  chosen.limits.backlog_blocks = 100;
  return chosen;
}

TEST(a_failing_host, survives_the_failure_of_any_allocation) {
  for (std::uint32_t nth = 1;; ++nth) {
    SCOPED_TRACE("allocation " + std::to_string(nth));
    surroundings here;
    served<board_socket> server(tight());
    fault::arm(nth);
    live_through(server);
    const bool all_passed = fault::armed();
    expect_intact(server);
    if (HasFailure()) return fault::disarm();
    if (all_passed) {
      EXPECT_GT(nth, 40U);
      return;
    }
  }
}

class io_faults : public testing::TestWithParam<std::pair<operation, failure>> {};

TEST_P(io_faults, are_survived_wherever_they_strike) {
  for (std::uint32_t nth = 1;; ++nth) {
    SCOPED_TRACE("operation " + std::to_string(nth));
    surroundings here;
    served<board_socket> server(tight());
    server.faults().arm(GetParam().first, GetParam().second, nth);
    live_through(server);
    const bool all_passed = server.faults().armed();
    expect_intact(server);
    if (HasFailure()) return;
    if (all_passed) return;
  }
}

INSTANTIATE_TEST_SUITE_P(all, io_faults,
                         testing::Values(std::pair(operation::any, failure::disconnect),
                                         std::pair(operation::any, failure::stall),
                                         std::pair(operation::any, failure::one_byte)),
                         [](const auto& chosen) {
                           switch (chosen.param.second) {
                             case failure::disconnect:
                               return "that_break";
                             case failure::stall:
                               return "that_falter";
                             default:
                               return "that_move_one_byte";
                           }
                         });

TEST(a_failing_host, serves_through_ways_of_one_byte) {
  surroundings here;
  served<board_socket> server(tight());
  server.faults().most_read = 1;
  server.faults().most_written = 1;
  live_through(server);
  expect_intact(server);
}

TEST(a_failing_host, survives_one_trouble_after_another) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 any(seed);
    surroundings here;
    served<board_socket> server(tight());
    live_through(server, [&] {
      if (any() % 3 == 0) fault::arm(1 + any() % 8);
      constexpr failure kinds[] = {failure::disconnect, failure::stall, failure::one_byte};
      if (any() % 2 == 0) server.faults().arm(operation::any, kinds[any() % 3], 1 + any() % 8);
      if (any() % 5 == 0) server.faults().most_written = 1 + any() % 300;
      if (any() % 5 == 0) server.faults().most_read = 1 + any() % 300;
    });
    expect_intact(server);
    if (HasFailure()) return;
  }
}

TEST(a_failing_host, survives_clients_that_leave_at_every_moment) {
  // everything that one client sends, cut after every so many bytes, in three ways of leaving
  const std::string life =
      upgrade_text() +
      client_text(R"(["1","1","musubi:connection:Test.Board:m","phx_join",)"
                  R"({"module":"Test.Board","id":"m","params":{"listen":true}}])") +
      client_text(R"(["1","2","musubi:connection:Test.Board:m","command",)"
                  R"({"name":"later","payload":{"milliseconds":1}}])") +
      client_text(R"(["1","3","musubi:connection:Test.Board:m","command",{"name":"wait",)"
                  R"("payload":{"amount":1}}])") +
      client_text(R"(["1","4","musubi:connection:Test.Board:m","phx_leave",{}])");
  surroundings here;
  served<board_socket> server(tight());
  for (std::size_t cut = 0; cut < life.size(); ++cut) {
    SCOPED_TRACE("after " + std::to_string(cut) + " bytes");
    for (int way = 0; way < 3; ++way) {
      browser page = server.connection();
      page.send(life.substr(0, cut));
      server.run_for(2ms);
      if (way == 0) server.end_of(page).close();
      if (way == 1) server.end_of(page).reset();
      if (way == 2) server.end_of(page).vanish();
      server.run_for(way == 2 ? duration(62s) : duration(1ms));
      ASSERT_EQ(server.in_use(), "") << "way " << way;
    }
  }
  expect_intact(server);
}

}  // namespace
}  // namespace musubi::test
