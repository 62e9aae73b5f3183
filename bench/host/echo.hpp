#pragma once
/// A plain WebSocket that echoes every message, for a conformance suite.

#include <cstddef>
#include <new>
#include <span>
#include <string_view>

#include <musubi/host/host_core.hpp>
#include <musubi/host/websocket.hpp>

namespace musubi::bench {

/// Echoes text as text and binary as binary, each in one frame. It queues nothing: if a client does
/// not read, the host stops reading from it.
class echo final : public websocket {
 public:
  explicit echo(host_core& host) noexcept : websocket(host) {}
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

inline websocket* make_echo(void* memory, host_core& host) noexcept {
  return new (memory) echo(host);
}

inline constexpr plain_endpoint endpoints[] = {{"/echo", sizeof(echo), &make_echo}};

}  // namespace musubi::bench
