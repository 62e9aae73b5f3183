#pragma once
/// One WebSocket: bytes to messages, messages to bytes, and what happens when either side falters.
///
///   start --> open --------- client is behind ---------> draining
///              |  ^                                         |
///              |  +------------- it has caught up ----------+
///              |
///              +-- close(code) --> closing --- peer closed, or close_timeout --> ended
///              +-- stream ended, overload, deadline -------------------------> ended
///
/// While draining nothing is read from the client, so nothing new is owed to it. State does not
/// wait as bytes: a page asks `has_room` before it renders, and is served again when there is some.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <musubi/async/internal/coarse_time.hpp>
#include <musubi/async/internal/run_queue.hpp>
#include <musubi/host/internal/backlog.hpp>
#include <musubi/host/internal/outbox.hpp>
#include <musubi/host/internal/pace.hpp>
#include <musubi/host/internal/peer_book.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/memory/status.hpp>
#include <musubi/net/stream.hpp>
#include <musubi/net/websocket/internal/message_assembler.hpp>

namespace musubi {

class host_core;
struct incoming;
struct peer;

/// A WebSocket's place in the lists of its host, and among those that wait for a turn.
struct websocket_place : link, queue_link<websocket_place> {};

/// WebSockets are listed in the order in which they were last heard of, to a second: the first is
/// due first. What only a client needs that sends or is behind is elsewhere: `incoming`,
/// `draining`.
class websocket : public websocket_place, public byte_sink {
 private:
  struct draining : job {
    draining(websocket& owner, backlog_pool& pool) noexcept;
    static void stalled(job& self) noexcept;
    websocket* owner_;
    backlog queue;
    pace taking;
  };

 public:
  /// The host reserves its place in the backlog.
  explicit websocket(host_core& host) noexcept : host_(host) {}
  websocket(const websocket&) = delete;
  websocket& operator=(const websocket&) = delete;

  /// Takes over an upgraded stream and its read buffer, in which `received` came behind the
  /// request.
  void start(net::stream& stream, std::byte* buffer, std::span<const std::byte> received) noexcept;
  /// Sends a close frame; the WebSocket ends when the peer has answered or `close_timeout` is over.
  void close(std::uint16_t code, std::string_view reason) noexcept;
  /// Ends at once, without a word.
  void abort() noexcept { end(); }

  [[nodiscard]] bool ended() const noexcept { return stream_ == nullptr; }
  [[nodiscard]] bool closing() const noexcept { return closing_; }
  /// True while messages can be written: the client keeps up.
  [[nodiscard]] bool writable() const noexcept {
    return stream_ != nullptr && backlog_ == nullptr && !closing_;
  }
  /// True while a patch can leave at once, instead of waiting in the backlog.
  [[nodiscard]] bool has_room() const noexcept { return writable() && stream_->has_room(); }
  [[nodiscard]] const net::stream* stream() const noexcept { return stream_; }
  /// Counts this connection for `one`, once, until it is destroyed.
  void comes_from(peer& one) noexcept;
  /// The peer that it counts for; null if it counts for none.
  [[nodiscard]] peer* from() const noexcept;
  /// Nothing was heard of its client for so long.
  [[nodiscard]] bool silent_for(duration how_long, time_point now) const noexcept {
    return last_heard_.past(how_long, now);
  }
  /// Asks for `on_service` soon.
  void service_wanted() noexcept;
  /// Does what it asked for a turn for. Called by `websocket_turns`.
  void take_turn() noexcept;
  [[nodiscard]] host_core& host() const noexcept { return host_; }
  /// Releases everything when the WebSocket has ended. Called once, before `destroy`.
  virtual void on_ended() noexcept = 0;
  /// True while it waits for a read buffer; `read_again` when there is one.
  [[nodiscard]] bool wants_buffer() const noexcept { return wants_buffer_; }
  void read_again() noexcept;
  /// A large buffer is free for the message that waits for it.
  void move_to(incoming& large) noexcept;
  /// The message under way takes too long.
  void too_slow() noexcept;
  /// Others need the buffer of the message under way, which does not get on. `limit` says which.
  void make_room(std::string_view limit) noexcept;
  /// When others may have the blocks of a client that is behind, which are more than its own.
  [[nodiscard]] time_point yields_backlog_at() const noexcept;
  /// No large buffer became free for the message that waits for one.
  void no_room_for_message() noexcept;
  /// Gives back what it has of the host's. Called once, before `destroy`: not by the destructor, so
  /// that only the most derived class of a WebSocket has a table of virtual functions.
  void give_back() noexcept;
  /// Destroys the WebSocket; its memory is the host's. From the run queue only.
  virtual void destroy() noexcept = 0;
  /// Start of its block: a deriving object may begin in front of this.
  [[nodiscard]] virtual void* slot() noexcept = 0;
  /// The application's socket, if this WebSocket has one of that type.
  [[nodiscard]] virtual const void* socket_of(const char* /*type*/) const noexcept {
    return nullptr;
  }
  /// Size of what a WebSocket takes from a pool while its client is behind.
  [[nodiscard]] static constexpr std::size_t draining_bytes() noexcept { return sizeof(draining); }

  bool send(std::span<const std::byte> bytes) noexcept final;

 protected:
  ~websocket() = default;

  /// A whole message, in the receive buffer, which may be written to.
  virtual void on_text(std::span<char> message) noexcept = 0;
  virtual void on_binary(std::span<std::byte> message) noexcept = 0;
  /// A message longer than `limits::message_bytes`, of which `head` is the beginning: the rest is
  /// skipped. Closes with 1009 unless a deriving class knows better.
  virtual void on_oversized(std::span<std::byte> head, bool binary) noexcept;
  /// The client has caught up, or `service_wanted` was called: write what had to wait.
  virtual void on_service() noexcept = 0;
  [[nodiscard]] outbox& selected_outbox() noexcept;
  /// What was written since is sent at the end of this turn.
  void written() noexcept;

 private:
  void on_readable() noexcept final;
  void on_writable() noexcept final;
  void heard() noexcept;
  void process() noexcept;
  void serve() noexcept;
  void dispatch(const net::websocket::event& next) noexcept;
  [[nodiscard]] std::size_t room() const noexcept;
  bool make_read_room(std::size_t need) noexcept;
  void use_buffer(incoming& fresh) noexcept;
  void keep_part(bool fresh) noexcept;
  void give_up_message(std::uint16_t code, std::string_view reason) noexcept;
  void release_read_buffer() noexcept;
  void release_backlog() noexcept;
  /// What the stream did not accept; begins a backlog if there is none.
  bool send_later(std::span<const std::byte> bytes) noexcept;
  /// False if there is no memory for it.
  bool begin_backlog() noexcept;
  /// Returns null, or the name of the limit that is reached.
  const char* keep_for_later(std::span<const std::byte> bytes) noexcept;
  // These end this; false, as `send` returns.
  bool closed_by_peer() noexcept;
  bool too_far_behind(std::string_view limit) noexcept;
  void end() noexcept;

  host_core& host_;
  net::stream* stream_ = nullptr;
  incoming* in_ = nullptr;       // only while part of a message is here
  draining* backlog_ = nullptr;  // only while the client is behind
  coarse_time last_heard_;
  std::uint32_t peer_ : peer_book::number_bits = 0;  // its number; 0: none
  bool processing_ : 1 = false;
  bool wants_large_ : 1 = false;   // in_ waits for a larger buffer
  bool wants_buffer_ : 1 = false;  // there are bytes to read and no buffer was free
  bool closing_ : 1 = false;
  bool deaf_ : 1 = false;  // all further bytes are dropped
  bool service_wanted_ : 1 = false;
  bool unprocessed_ : 1 = false;  // frames in in_ that had to wait for another turn
};

static_assert(sizeof(websocket) <= (sizeof(void*) == 8 ? 72 : 40), "kept by every connection");

/// Does not own its elements.
class websocket_list : public intrusive_list<websocket_place> {
 public:
  [[nodiscard]] websocket& front() noexcept {
    return static_cast<websocket&>(intrusive_list<websocket_place>::front());
  }
};

}  // namespace musubi
