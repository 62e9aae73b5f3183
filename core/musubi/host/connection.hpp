#pragma once
/// One browser: a WebSocket that speaks Phoenix channels, and the roots it has mounted.

#include <musubi/host/connect_info.hpp>
#include <musubi/host/root_channel.hpp>
#include <musubi/host/session.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/page/page.hpp>
#include <musubi/phoenix/socket.hpp>

namespace musubi {

/// One declared root store: how to make its page.
struct root_type {
  std::string_view module;
  std::size_t page_bytes;
  /// Makes the page at `memory`; `socket` is the root's own copy, to be copied again.
  page* (*make)(void* memory, page_resources& resources, page_sink& sink,
                const void* socket) noexcept;
};

/// The untyped half of a connection: everything but the application's socket.
class connection : public session, public phoenix::socket {
 public:
  explicit connection(host_core& host) noexcept;

  void on_ended() noexcept final;
  json::writer& begin_message() noexcept final;
  void end_message() noexcept final;
  void refuse_join(const phoenix::frame& join, const refusal& why) noexcept;
  void refuse_join(const phoenix::frame& join, const status& why) noexcept;
  /// The root behind a channel; null if it is a file's.
  [[nodiscard]] static page* root_of(phoenix::channel& channel) noexcept;
  /// Asks the application whether to accept the upgrade (contract section 2.1).
  [[nodiscard]] virtual status connect(const connect_info& info) noexcept = 0;

 protected:
  ~connection() = default;

  /// Runs `handle_join` on a fresh copy of the socket, made at `copy`.
  [[nodiscard]] virtual status authorize(const join_info& info, void* copy) noexcept = 0;
  virtual void discard_copy(void* copy) noexcept = 0;
  [[nodiscard]] virtual std::span<const root_type> roots() const noexcept = 0;

 private:
  void on_text(std::span<char> message) noexcept final;
  void on_binary(std::span<std::byte> message) noexcept final;
  void on_oversized(std::span<std::byte> head, bool binary) noexcept final;
  void on_service() noexcept final;
  void on_join(const phoenix::frame& join) noexcept final;
  void on_event(phoenix::channel& on, const phoenix::frame& event) noexcept final;
  void on_bad_payload(phoenix::channel* on, const phoenix::frame& bad) noexcept final;
  void on_end(phoenix::channel& ended, phoenix::end_reason why) noexcept final;

  void not_a_channel_message() noexcept;
  void mount(const phoenix::frame& join, const join_info& info, const void* copy) noexcept;
  /// Counts a join that is refused, and tells the listener.
  void tell_refused(const phoenix::frame& join, errc code, std::string_view reason,
                    const decode_error* params = nullptr) noexcept;
  void refuse_unknown_root(const phoenix::frame& join, std::string_view module) noexcept;
  /// The root is unmounted, or was not mounted: gives back all that it had.
  void discard(root_channel& unmounted) noexcept;
  void refuse_params(const phoenix::frame& join, const decode_error& why) noexcept;
};

}  // namespace musubi
