#pragma once
/// Where all messages of a host are written: one buffer, shared by all its connections, so that
/// everything one read made ready leaves in one write.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/json/internal/output.hpp>
#include <musubi/json/internal/writer.hpp>
#include <musubi/memory/carver.hpp>
#include <musubi/memory/internal/short_ways.hpp>
#include <musubi/net/stream.hpp>
#include <musubi/net/websocket/internal/frame.hpp>

namespace musubi {

/// Takes bytes on their way to one client, whose stream it uses.
class byte_sink : public net::stream_user {
 public:
  /// Sends or keeps all of `bytes`; false when the client is cut off.
  virtual bool send(std::span<const std::byte> bytes) noexcept = 0;

 protected:
  ~byte_sink() = default;
};

/// Collects WebSocket messages, for one client after the other. A message that does not fit is sent
/// in fragments (RFC 6455 section 5.4), so its size is bounded by nothing here.
///
/// With an operating system, what was written for several clients is sent together: sending is its
/// code, of which little is in the processor's cache after ours, and the other way round.
class outbox final : public json::output {
 public:
  outbox(carver& memory, std::size_t bytes) noexcept
      : begin_(reinterpret_cast<char*>(memory.take(bytes))), capacity_(bytes), writer_(*this) {
    reset();
  }

  [[nodiscard]] json::writer& writer() noexcept { return writer_; }

  /// From here on messages are for `client`; what was written for another goes first.
  void select(byte_sink& client) noexcept;
  /// Forgets what was written for `client`: it is gone.
  void forget(const byte_sink& client) noexcept;
  /// Opens a text message of unknown length, written with `writer()`.
  void begin_text() noexcept;
  void end_text() noexcept;
  /// A whole message of known length, in one frame however long it is.
  void message(net::websocket::opcode kind, std::span<const std::byte> payload) noexcept;
  /// Bytes that are no message: a close frame, an HTTP body.
  void raw(std::span<const std::byte> bytes) noexcept;
  /// Nothing more is written for `client` now: what was is sent, at the latest by `flush`.
  void finish(const byte_sink& client) noexcept;
  /// Sends everything. Called when a turn ends, and before a stream is closed.
  void flush() noexcept;

 private:
  // what stands before a fragment's payload while its length is not known
  static constexpr std::size_t header_bytes = 4;

  /// What waits to be sent to one client, behind that for the one before.
  struct letter {
    byte_sink* to;  // null: it is gone
    char* end;
  };
  // of a few hundred bytes each; more would not save more
  static constexpr std::size_t most_letters = short_ways ? 32 : 0;

  bool make_room() noexcept override;
  void open_fragment() noexcept;
  void close_fragment(bool final) noexcept;
  void seal() noexcept;
  void send_letters() noexcept;
  void make_way() noexcept;
  void make_room_for(std::size_t bytes) noexcept;
  void move_to_front(const char* from) noexcept;
  void send_up_to(const char* end) noexcept;
  void reset() noexcept {
    cursor_ = from_ = begin_;
    end_ = begin_ + capacity_;
    failed_ = false;
  }
  [[nodiscard]] std::size_t room() const noexcept {
    return static_cast<std::size_t>(end_ - cursor_);
  }

  char* begin_;
  std::size_t capacity_;
  std::array<letter, most_letters> letters_{};
  std::size_t letter_count_ = 0;
  byte_sink* client_ = nullptr;
  char* from_ = nullptr;      // where what was written for client_ begins, behind the letters
  char* fragment_ = nullptr;  // start of the open fragment's header; null outside of a text
  bool continued_ = false;    // an earlier fragment of this message was sent
  json::writer writer_;
};

}  // namespace musubi
