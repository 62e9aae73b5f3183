#pragma once
/// Where what clients send arrives: the pools read_buffers and large_messages, who holds some of
/// them, and who waits.

#include <cstddef>
#include <cstdint>

#include <musubi/async/internal/member_job.hpp>
#include <musubi/async/internal/timer.hpp>
#include <musubi/host/internal/pace.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/internal/round_up.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi {

class host_core;
class websocket;

/// What a WebSocket has only while it has a read buffer: how its messages arrive. It lies in front
/// of the bytes, in the buffer's own block.
struct incoming : link {
  incoming(websocket& to, bool is_large) noexcept : owner(&to), large(is_large) {}
  [[nodiscard]] std::byte* bytes() noexcept;
  websocket* owner;
  pace arriving;  ///< of part of a message that a read left behind
  net::websocket::message_assembler assembler;
  std::size_t filled = 0;  ///< bytes that are there
  bool large;              ///< the buffer is of the pool of large messages
  bool partial = false;    ///< part of a message was left behind, and `arriving` has begun
};

/// A WebSocket keeps a buffer while part of a message is in it, a request until it was answered. A
/// message has `message_timeout` from its first byte, and longer as long as `least_rate` is kept.
/// When a buffer is needed and there is none, the slowest holder goes; holders that get on are
/// waited for.
class receive_buffers {
 public:
  /// What a block has in front of the bytes.
  static constexpr std::size_t header_bytes = round_up(sizeof(incoming));

  receive_buffers(host_core& host, block_pool& small, block_pool& large) noexcept
      : host_(host), small_(small), large_(large) {}

  /// A buffer for a request head, or null.
  [[nodiscard]] std::byte* take() noexcept {
    void* const block = small_.allocate();
    return block == nullptr ? nullptr : static_cast<std::byte*>(block) + header_bytes;
  }
  void give(std::byte* buffer) noexcept {
    small_.deallocate(buffer - header_bytes);
    if (waiting_ != 0 || requests_waiting_ != 0) small_freed();
  }
  /// A buffer for a WebSocket, or null. Who wants a large one while others wait for one gets none.
  [[nodiscard]] incoming* take(websocket& owner, bool large) noexcept;
  void give(incoming& done) noexcept;
  /// The buffer of a request becomes a WebSocket's.
  [[nodiscard]] static incoming& hand_over(std::byte* buffer, websocket& to) noexcept {
    return *new (buffer - header_bytes) incoming(to, false);
  }
  /// Part of a message stays in a buffer, from now on; no-op if it does already.
  void keep(incoming& part, time_point now) noexcept;

  /// A WebSocket has something to read and no buffer: `websocket::read_again` when there is one.
  void wait() noexcept;
  /// The WebSocket has gone, which waited.
  void waits_no_more() noexcept { --waiting_; }
  /// As `wait`, of a request: `http_request::read_again`.
  void wait_as_request() noexcept;
  void request_waits_no_more() noexcept { --requests_waiting_; }
  /// The message of `what` needs a large buffer: `websocket::move_to` when there is one.
  void wait_for_large(incoming& what) noexcept;
  /// Looks at the deadlines.
  void sweep() noexcept;

 private:
  void small_freed() noexcept;
  void large_freed() noexcept;
  void make_room() noexcept;
  /// The holder that yields first; null if there is none. `at` becomes when.
  [[nodiscard]] incoming* first_to_yield(bool large, time_point& at) noexcept;
  void look_again(time_point at) noexcept;

  host_core& host_;
  block_pool& small_;
  block_pool& large_;
  intrusive_list<incoming> parts_;
  intrusive_list<incoming> large_wanted_;  // in small buffers, the first come first
  member_job<&receive_buffers::make_room> again_{*this};
  timer timer_{again_};
  std::uint32_t waiting_ = 0;  // WebSockets without a buffer
  std::uint32_t requests_waiting_ = 0;
};

inline std::byte* incoming::bytes() noexcept {
  return reinterpret_cast<std::byte*>(this) + receive_buffers::header_bytes;
}

}  // namespace musubi
