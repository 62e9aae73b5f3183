/// Nothing is asked of the heap once a host has started: by no connect, join, command, push, leave
/// or disconnect, over no port, and not by the first client either.

#include "support/client_bytes.hpp"
#include "support/counting_allocator.hpp"
#include "support/patience.hpp"
#include "support/served.hpp"
#include "support/socket_path.hpp"
#include "support/socket_pipe.hpp"
#include "unit/memory/region.hpp"

#include <array>
#include <chrono>
#include <gtest/gtest.h>

#include <musubi/asio/internal/listener.hpp>
#include <musubi/asio/internal/loop.hpp>
#include <musubi/async/sleep.hpp>
#include <musubi/host/topic.hpp>
#include <musubi/posix/loop.hpp>

namespace musubi::test {
namespace {

struct level {
  std::int32_t value;
};

/// A store that uses what stores use.
struct meter {
  static constexpr std::string_view module = "Test.Meter";
  static topic<level>& levels() {
    static topic<level> shared;
    return shared;
  }
  struct Params {
    std::optional<text<16>> unit;
  };
  struct State {
    std::int32_t value;
    double ratio;
    text<16> unit;
    list<std::int32_t, 8> history;
  };
  struct Set {
    std::int32_t value;
  };
  struct Calibrate {
    text<32> how;
    struct Reply {
      text<32> how;
    };
  };
  using commands = musubi::commands<Set, Calibrate>;

  status mount(const Params& params, context& ctx) {
    if (params.unit) unit = *params.unit;
    return ctx.subscribe(*this, levels());
  }
  void handle_info(const level& news, context&) { record(news.value); }
  status handle(const Set& command, context&) {
    levels().publish({command.value});
    return {};
  }
  task<result<Calibrate::Reply>> handle(const Calibrate& command, context&) {
    const text<32> how = command.how;
    co_await sleep(std::chrono::milliseconds(1));
    record(100);
    co_return Calibrate::Reply{how};
  }
  void record(std::int32_t now) {
    value = now;
    if (history.full()) history.erase(0);
    (void)history.push_back(now);
  }
  State render() const { return {value, value / 3.0, unit, history}; }

  std::int32_t value = 0;
  text<16> unit;
  list<std::int32_t, 8> history;
};

struct meter_socket {
  using roots = musubi::roots<meter>;
  status handle_connect(const connect_info& info, connection&) {
    user = text<16>::clipped(info.param("user").value_or(""));
    return {};
  }
  text<16> user;
};

/// What a client sends, made before anything is counted.
struct script {
  std::string request = "GET /nothing?a=b HTTP/1.1\r\nHost: localhost\r\n\r\n";
  std::string upgrade = upgrade_text(
      {.path = "/socket/websocket?user=Ada%20L&vsn=2.0.0",
       .fields = "Origin: http://localhost\r\n"
                 "Sec-WebSocket-Protocol: phoenix, base64url.bearer.phx.c2VjcmV0\r\n"});
  std::string join =
      client_text(R"(["1","1","musubi:connection:m","phx_join",)"
                  R"({"module":"Test.Meter","id":"m","params":{"unit":"\u00b0C"}}])");
  std::string refused =
      client_text(R"(["2","2","musubi:connection:x","phx_join",{"module":"No"}])");
  std::string set = client_text(
      R"(["1","3","musubi:connection:m","command",{"name":"set","payload":{"value":42}}])");
  std::string calibrate = client_text(
      R"(["1","4","musubi:connection:m","command",{"name":"calibrate","payload":{"how":"well"}}])");
  std::string wrong = client_text(
      R"(["1","5","musubi:connection:m","command",{"name":"set","payload":{"value":"x"}}])");
  std::string beat = client_text(R"([null,"6","phoenix","heartbeat",{}])");
  std::string large =
      client_text(R"([null,"7","phoenix","heartbeat",{"x":")" + std::string(3000, 'y') + "\"}]");
  std::string leave = client_text(R"(["1","8","musubi:connection:m","phx_leave",{}])");
  std::string close = client_frame(0x8, "\x03\xe8");
};

/// The last that a client received; no heap.
struct tail {
  std::array<char, 16384> bytes{};
  std::size_t size = 0;
  [[nodiscard]] bool has(std::string_view text) const {
    return std::string_view(bytes.data(), size).find(text) != std::string_view::npos;
  }
};

/// Lives one client's life through `wire`, which has send(bytes), receive(tail&), connect() and
/// hang_up(). False at the first answer that does not come.
template <class Wire>
const char* live(Wire& wire, const script& say, tail& heard) {
  const auto answers = [&](std::string_view text) { return wire.receive(heard, text); };
  if (!wire.connect()) return "connect";
  wire.send(say.request);
  if (!answers("404 Not Found")) return "request";
  wire.send(say.upgrade);
  if (!answers("101 Switching")) return "upgrade";
  wire.send(say.join);
  if (!answers("\"base_version\":0")) return "join";
  wire.send(say.refused);
  if (!answers("missing root id")) return "refused join";
  wire.send(say.set);
  if (!answers("\"value\":42")) return "set";
  wire.send(say.calibrate);
  if (!answers("\"value\":100")) return "calibrate";
  wire.send(say.wrong);
  if (!answers("invalid payload")) return "wrong";
  wire.publish();
  if (!answers("\"value\":7")) return "publish";
  wire.send(say.beat);
  if (!answers("\"6\",\"phoenix\"")) return "heartbeat";
  wire.send(say.large);
  if (!answers("\"7\",\"phoenix\"")) return "large message";
  wire.send(say.leave);
  if (!answers("phx_close")) return "leave";
  wire.send(say.join);
  if (!answers("\"base_version\":0")) return "join again";
  wire.send(say.close);
  if (!answers("\x88\x02\x03\xe8")) return "close";
  wire.hang_up();
  return nullptr;
}

limits meter_limits() {
  limits chosen = small_limits();
  chosen.decode_bytes = 16384;
  return chosen;
}

struct memory_wire {
  memory_port::host<meter_socket>& host;
  memory_port::client end{};
  bool connect() {
    end = host.connect();
    return static_cast<bool>(end);
  }
  void send(std::string_view bytes) {
    (void)end.write(bytes);
    host.settle();
  }
  bool receive(tail& into, std::string_view text) {
    into.size = 0;
    for (int i = 0; i < 10; ++i) {
      host.run_for(std::chrono::milliseconds(1));
      into.size += end.read(std::as_writable_bytes(std::span(into.bytes).subspan(into.size)));
      if (into.has(text)) return true;
    }
    return false;
  }
  void publish() {
    host.core().loop().make_current();
    meter::levels().publish({7});
  }
  void hang_up() {
    end.close();
    host.settle();
  }
};

TEST(the_heap, is_not_asked_for_anything_by_clients_over_the_memory_port) {
  memory_port::host<meter_socket> host({.limits = meter_limits()});
  const script say;
  tail heard;
  memory_wire wire{host};
  (void)meter::levels();  // made once in a process, with a place in the list of what is destroyed
  heap_watch watch;
  for (int i = 0; i < 20; ++i) {
    ASSERT_STREQ(live(wire, say, heard), nullptr) << "client " << i;
    ASSERT_EQ(watch.allocations(), 0U) << "client " << i << ", bytes " << watch.bytes();
  }
  EXPECT_EQ(in_use(host.core()), "");
}

/// A host on Asio's loop, which the test's own thread polls.
struct asio_host {
  explicit asio_host(const asio::listen_address& at)
      : address(at), listener(asio::open_listener(at)) {
    EXPECT_FALSE(listener.error) << listener.error.message();
    loop.listen(asio::duplicate(listener), listener.family, typed.core());
    loop.poll();
  }
  ~asio_host() { asio::close_listener(listener, address); }
  [[nodiscard]] socket_end connect() const {
    return address.unix_path.empty() ? socket_end::to_port(listener.port)
                                     : socket_end::to_path(address.unix_path.c_str());
  }

  asio::listen_address address;
  asio::listener listener;
  limits chosen = meter_limits();
  asio::loop loop{chosen.connections + chosen.requests + 1};
  std::unique_ptr<std::byte[]> memory{new std::byte[basic_host<meter_socket>::bytes(chosen)]};
  basic_host<meter_socket> typed{loop, chosen, {}, memory.get()};
};

/// The same on BSD sockets and poll.
struct posix_host {
  posix_host() {
    const status listens = loop.listen(typed.core(), {});
    EXPECT_TRUE(listens.ok()) << listens.reason();
  }
  [[nodiscard]] socket_end connect() const { return socket_end::to_port(loop.port()); }

  limits chosen = meter_limits();
  std::size_t streams = chosen.connections + chosen.requests + 1;
  region socket_memory{posix::loop::bytes(streams)};
  posix::loop loop{streams, socket_memory.begin()};
  region memory{basic_host<meter_socket>::bytes(chosen)};
  basic_host<meter_socket> typed{loop, chosen, {}, memory.begin()};
};

template <class Host>
struct socket_wire {
  Host& host;
  socket_end end{};
  bool connect() {
    end = host.connect();
    return static_cast<bool>(end);
  }
  void send(std::string_view bytes) {
    (void)end.write(bytes);
    host.loop.poll();
  }
  bool receive(tail& into, std::string_view text) {
    into.size = 0;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < deadline) {
      host.loop.poll();
      into.size += end.read(std::as_writable_bytes(std::span(into.bytes).subspan(into.size)));
      if (into.has(text)) return true;
    }
    return false;
  }
  void publish() {
    host.typed.core().loop().make_current();
    meter::levels().publish({7});
  }
  void hang_up() {
    end.close();
    for (int i = 0; i < 20; ++i) host.loop.poll();
  }
};

template <class Host>
void expect_no_heap_over_sockets(Host& host) {
  const script say;
  tail heard;
  socket_wire<Host> wire{host};
  (void)meter::levels();  // made once in a process, with a place in the list of what is destroyed
  heap_watch watch;
  for (int i = 0; i < 20; ++i) {
    ASSERT_STREQ(live(wire, say, heard), nullptr) << "client " << i;
    ASSERT_EQ(watch.allocations(), 0U) << "client " << i << ", bytes " << watch.bytes();
  }
  EXPECT_EQ(in_use(host.typed.core()), "");
}

TEST(the_heap, is_not_asked_for_anything_by_clients_over_tcp) {
  asio_host host{{}};
  expect_no_heap_over_sockets(host);
}

TEST(the_heap, is_not_asked_for_anything_by_clients_over_unix_sockets) {
  asio_host host{{.bind = {}, .port = 0, .unix_path = socket_path("heap")}};
  expect_no_heap_over_sockets(host);
}

TEST(the_heap, is_not_asked_for_anything_by_clients_over_the_posix_port) {
  posix_host host;
  expect_no_heap_over_sockets(host);
}

TEST(the_heap, is_not_asked_for_anything_by_many_clients_at_once) {
  memory_port::host<meter_socket> host({.limits = meter_limits()});
  const script say;
  tail heard;
  memory_wire wires[8] = {{host}, {host}, {host}, {host}, {host}, {host}, {host}, {host}};
  (void)meter::levels();  // made once in a process, with a place in the list of what is destroyed
  heap_watch watch;
  for (int round = 0; round < 3; ++round) {
    for (memory_wire& each : wires) {
      ASSERT_TRUE(each.connect());
      each.send(say.upgrade);
      ASSERT_TRUE(each.receive(heard, "101 Switching"));
      each.send(say.join);
      ASSERT_TRUE(each.receive(heard, "\"base_version\":0"));
      each.send(say.calibrate);  // and nobody waits for it
    }
    wires[0].publish();
    for (memory_wire& each : wires) ASSERT_TRUE(each.receive(heard, "\"path\":\"/value\""));
    for (memory_wire& each : wires) each.hang_up();
    ASSERT_EQ(watch.allocations(), 0U);
  }
  EXPECT_EQ(in_use(host.core()), "");
}

}  // namespace
}  // namespace musubi::test
