#pragma once
/// A plain WebSocket that sends back every message: what a conformance suite is pointed at.

#include <cstddef>
#include <new>
#include <span>
#include <string_view>

#include <musubi/host/host_core.hpp>
#include <musubi/host/session.hpp>

namespace musubi::bench {

/// Text as text, binary as binary, each in one frame. It keeps nothing, so a client that does not
/// read is simply not read from until it does.
class echo final : public session {
 public:
  explicit echo(host_core& host) noexcept : session(host) {}
  void on_ended() noexcept override {}
  void destroy() noexcept override { this->~echo(); }
  [[nodiscard]] void* slot() noexcept override { return this; }

 private:
  ~echo() = default;

  void on_text(std::span<char> message) noexcept override {
    selected_outbox().message(net::websocket::opcode::text,
                              std::as_bytes(std::span(message.data(), message.size())));
  }
  void on_binary(std::span<std::byte> message) noexcept override {
    selected_outbox().message(net::websocket::opcode::binary, message);
  }
  void on_service() noexcept override {}
};

inline session* make_echo(void* memory, host_core& host) noexcept {
  return new (memory) echo(host);
}

inline constexpr plain_endpoint endpoints[] = {{"/echo", sizeof(echo), &make_echo}};

}  // namespace musubi::bench
