#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// The interface from port to core: byte streams with readiness notification.
namespace musubi::net {

/// Outcome of one attempt to read or write.
enum class io : std::uint8_t {
  done,         ///< `bytes` were moved; more may be possible
  would_block,  ///< nothing now; request a notification
  closed,  ///< the peer ended the stream, or it failed: nothing more can be moved in this direction
};

struct io_result {
  io outcome = io::would_block;
  std::size_t bytes = 0;
};

/// The user of a stream, notified when it is ready. Called from the port's loop, never from within
/// one of the stream's own functions.
class stream_user {
 public:
  virtual void on_readable() noexcept = 0;
  virtual void on_writable() noexcept = 0;

 protected:
  ~stream_user() = default;
};

/// One accepted connection of the network. Owned by the port, from `acceptor::accept` until
/// `close`.
///
/// It signals readiness, not completion, so an idle stream holds no buffer. A port whose network
/// delivers data by callback (lwIP) keeps it until `try_read`. Host's thread only.
class stream {
 public:
  /// Sets who is notified. Call before the first `want_read` or `want_write`.
  void attach(stream_user& user) noexcept { user_ = &user; }

  /// Reads at most `into.size()` bytes without blocking. `closed` at the end of the stream.
  virtual io_result try_read(std::span<std::byte> into) noexcept = 0;
  /// Writes a prefix of `from` without blocking; the bytes are copied or sent when it returns.
  virtual io_result try_write(std::span<const std::byte> from) noexcept = 0;
  /// Requests one call of `on_readable` when there are bytes, the end, or an error to read; at the
  /// next turn of the loop if there already are. Requesting again before that has no effect.
  virtual void want_read() noexcept = 0;
  /// Requests one call of `on_writable` when there is room, or the stream has failed.
  virtual void want_write() noexcept = 0;
  /// False while little or nothing can be written without waiting: output that can be made later
  /// should be made then, and `want_write` tells when. A port whose send buffers are large, as
  /// those of an operating system, need not override it.
  [[nodiscard]] virtual bool has_room() const noexcept { return true; }
  /// Ends writing: the peer sees the end of the stream after the bytes already accepted.
  virtual void shutdown_write() noexcept = 0;
  /// Ends the stream and returns it to the port: no notification follows, and it must not be used
  /// again. Bytes accepted by `try_write` are still sent.
  virtual void close() noexcept = 0;
  /// Writes the peer's address as text ("192.0.2.7:51234", "unix"), truncated to `into`. Returns
  /// its length.
  virtual std::size_t peer(std::span<char> into) const noexcept = 0;

 protected:
  ~stream() = default;
  stream_user* user_ = nullptr;
};

/// Accepts streams as they arrive: the host.
class acceptor {
 public:
  /// False when the host cannot accept more now: the port then leaves further connections in the
  /// network's backlog until `port::resume_accepting`.
  [[nodiscard]] virtual bool can_accept() const noexcept = 0;
  /// Accepts `fresh`. Call only after `can_accept` returned true.
  virtual void accept(stream& fresh) noexcept = 0;

 protected:
  ~acceptor() = default;
};

}  // namespace musubi::net
