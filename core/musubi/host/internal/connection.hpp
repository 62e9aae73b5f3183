#pragma once
/// One browser: a WebSocket that speaks Phoenix channels, and the roots it has mounted.

#include <musubi/host/connect_info.hpp>
#include <musubi/host/internal/root_channel.hpp>
#include <musubi/host/websocket.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/phoenix/socket.hpp>

namespace musubi {

/// The untyped half of a connection: everything except for the application's socket. It dispatches
/// messages to channels, and joins by the host's `routes`; channels do the rest.
class connection : public websocket, public phoenix::socket {
 public:
  explicit connection(host_core& host) noexcept : websocket(host) {}

  void on_ended() noexcept final;
  json::writer& begin_message() noexcept final;
  void end_message() noexcept final;
  /// Answers a refused join, counts it, and notifies the listener.
  void refuse_join(const phoenix::frame& join, const refusal& why) noexcept;
  void refuse_join(const phoenix::frame& join, const status& why) noexcept;
  void refuse_join(const phoenix::frame& join, const char* why) noexcept;
  /// The mounted roots, the newest first; null if there are none.
  [[nodiscard]] root_channel* first_root() const noexcept {
    return root_channel::first_of(first_channel());
  }
  /// Asks the application whether to accept the upgrade (contract section 2.1).
  [[nodiscard]] virtual status connect(const connect_info& info) noexcept = 0;

  // --- called by its channels ---

  /// Runs `handle_join` on a fresh copy of the socket, made at `copy`.
  [[nodiscard]] virtual status authorize(const join_info& info, void* copy) noexcept = 0;
  virtual void discard_copy(void* copy) noexcept = 0;
  /// The roots that may be mounted.
  [[nodiscard]] virtual std::span<const root_type> roots() const noexcept = 0;
  void refuse_params(const phoenix::frame& join, const decode_error& why) noexcept;
  void refuse_unknown_root(const phoenix::frame& join, std::string_view module) noexcept;

 protected:
  ~connection() = default;

 private:
  void on_text(std::span<char> message) noexcept final;
  void on_binary(std::span<std::byte> message) noexcept final;
  void on_oversized(std::span<std::byte> head, bool binary) noexcept final;
  void on_service() noexcept final;
  std::size_t most_channels() const noexcept final;
  bool on_join(const phoenix::frame& join) noexcept final;
  void on_bad_payload(const phoenix::channel* on, const phoenix::frame& bad) noexcept final;

  void not_a_channel_message() noexcept;
  /// Counts a refused join, and notifies the listener.
  void tell_refused(const phoenix::frame& join, errc code, std::string_view reason,
                    const decode_error* params = nullptr) noexcept;
};

}  // namespace musubi
