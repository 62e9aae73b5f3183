#pragma once
/// Where what clients send arrives: the pools read_buffers and large_messages, who holds some of
/// them, and who waits.

#include <cstddef>
#include <cstdint>

#include <musubi/async/event.hpp>
#include <musubi/async/timer.hpp>
#include <musubi/host/pace.hpp>
#include <musubi/memory/block_pool.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/round_up.hpp>

namespace musubi {

class host_core;
class session;

/// How the part of a message in a buffer gets on. It lies in front of the bytes, in the buffer's
/// own block, and is made only when a read leaves part of a message behind: a message that came
/// whole costs nothing.
struct partial_message : link {
  partial_message(session& to, bool is_large) noexcept : owner(&to), large(is_large) {}
  session* owner;
  pace arriving;
  bool large;  ///< the buffer is of the pool of large messages
};

/// A session keeps a buffer while part of a message is in it, a request until it was answered. A
/// message has `message_timeout` from its first byte, and longer as long as `least_rate` is kept.
/// When a buffer is needed and there is none, the slowest holder goes; holders that get on are
/// waited for.
class receive_buffers {
 public:
  /// What a block has in front of the bytes.
  static constexpr std::size_t header_bytes = round_up(sizeof(partial_message));

  receive_buffers(host_core& host, block_pool& small, block_pool& large) noexcept
      : host_(host), small_(small), large_(large) {}

  /// A buffer, or null. Who wants a large one while others wait for one gets none.
  [[nodiscard]] std::byte* take(bool large) noexcept {
    if (large && !large_wanted_.empty()) return nullptr;
    void* const block = (large ? large_ : small_).allocate();
    return block == nullptr ? nullptr : static_cast<std::byte*>(block) + header_bytes;
  }
  void give(std::byte* buffer, bool large) noexcept {
    (large ? large_ : small_).deallocate(buffer - header_bytes);
    if (large) return large_freed();
    if (waiting_ != 0 || freed_.awaited()) small_freed();
  }
  /// The record in front of a buffer.
  [[nodiscard]] static partial_message& record_of(std::byte* buffer) noexcept {
    return *std::launder(reinterpret_cast<partial_message*>(buffer - header_bytes));
  }
  /// A part of a message stays in a buffer, from now on.
  partial_message& keep(session& owner, std::byte* buffer, bool large, time_point now) noexcept;

  /// A session has something to read and no buffer: `session::read_again` when there is one.
  void wait() noexcept;
  /// The session has gone, which waited.
  void waits_no_more() noexcept { --waiting_; }
  /// What a request waits on, which has something to read and no buffer.
  event::awaiter wait_as_request() noexcept;
  /// The message of `what` needs a large buffer: `session::move_to` when there is one.
  void wait_for_large(partial_message& what) noexcept;
  /// Looks at the deadlines.
  void sweep() noexcept;

 private:
  struct action : job {
    action(receive_buffers& owner, function body) noexcept : job(body), owner_(&owner) {}
    receive_buffers* owner_;
  };
  void small_freed() noexcept;
  void large_freed() noexcept;
  void make_room() noexcept;
  /// The holder that yields first; null if there is none. `at` becomes when.
  [[nodiscard]] partial_message* first_to_yield(bool large, time_point& at) noexcept;
  void look_again(time_point at) noexcept;

  host_core& host_;
  block_pool& small_;
  block_pool& large_;
  intrusive_list<partial_message> parts_;
  intrusive_list<partial_message> large_wanted_;  // in small buffers, the first come first
  event freed_;
  action again_{*this, [](job& self) noexcept { static_cast<action&>(self).owner_->make_room(); }};
  timer timer_{again_};
  std::uint32_t waiting_ = 0;  // sessions without a buffer
};

}  // namespace musubi
