/// A WebSocket of the application's own on a board, where the memory of a host is a constant.

#include "support/browser.hpp"
#include "unit/port/round_trip/board.hpp"

#include <cstddef>
#include <span>
#include <string>

#include <musubi/host/websocket.hpp>

namespace musubi::test {
namespace {

template <std::size_t bytes>
class silent final : public websocket {
 public:
  explicit silent(host_core& host) noexcept : websocket(host) {}
  void on_ended() noexcept override {}
  void destroy() noexcept override { this->~silent(); }
  void* slot() noexcept override { return this; }

 private:
  ~silent() = default;
  void on_text(std::span<char>) noexcept override {}
  void on_binary(std::span<std::byte>) noexcept override {}
  void on_service() noexcept override {}
  [[maybe_unused]] std::byte more_[bytes] = {};
};

template <class Endpoint>
constexpr plain_endpoint at(std::string_view path) {
  return {path, sizeof(Endpoint), [](void* memory, host_core& host) noexcept -> websocket* {
            return new (memory) Endpoint(host);
          }};
}
constexpr plain_endpoint endpoints[] = {at<silent<1>>("/small"), at<silent<1024>>("/large")};

/// The status line of the answer to an upgrade of `path`.
std::string upgraded(served_board& board, std::string_view path) {
  tcp_peer peer;
  peer.connect();
  peer.write(upgrade_text({.path = std::string(path)}));
  std::string received;
  EXPECT_TRUE(
      board.until([&] { return (received += peer.read()).find("\r\n") != std::string::npos; }, 5s));
  peer.reset();
  board.run_for(1s);
  return received.substr(0, received.find("\r\n"));
}

TEST(endpoint_of_a_board, is_refused_where_it_is_larger_than_a_connection) {
  served_board board({.endpoints = endpoints});
  EXPECT_EQ(upgraded(board, "/large"), "HTTP/1.1 503 Service Unavailable");
  EXPECT_EQ(upgraded(board, "/small"), "HTTP/1.1 101 Switching Protocols");
  EXPECT_EQ(board.core().connected(), 0U);
}

}  // namespace
}  // namespace musubi::test
