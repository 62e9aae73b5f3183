#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// What a port gives to the core: byte streams that tell when they are ready.
namespace musubi::net {

/// Outcome of one attempt to read or write.
enum class io : std::uint8_t {
  done,         ///< `bytes` were moved; more may be possible
  would_block,  ///< nothing now; ask to be told
  closed,       ///< the peer has ended the stream, or it broke: nothing more can be moved this way
};

struct io_result {
  io outcome = io::would_block;
  std::size_t bytes = 0;
};

/// Whoever uses a stream; told when it is ready. Called from the port's loop, never from inside one
/// of the stream's own functions.
class stream_user {
 public:
  virtual void on_readable() noexcept = 0;
  virtual void on_writable() noexcept = 0;

 protected:
  ~stream_user() = default;
};

/// One accepted connection. It lives in the port's memory, from `acceptor::accept` until `close`.
///
/// Readiness, not completion: an idle stream holds no buffer of anybody's. A port whose network
/// hands over data (lwIP) keeps it until `try_read` asks. Used from the host's thread only.
class stream {
 public:
  /// Who is told from now on. There must be one before the first `want_`.
  void attach(stream_user& user) noexcept { user_ = &user; }

  /// Moves at most `into.size()` bytes, without waiting. `closed` at the end of the stream.
  virtual io_result try_read(std::span<std::byte> into) noexcept = 0;
  /// Takes a prefix of `from`, without waiting; the bytes are copied or sent when it returns.
  virtual io_result try_write(std::span<const std::byte> from) noexcept = 0;
  /// One call of `on_readable` when there are bytes, the end, or an error to be read; at once if
  /// there already are. Asking again before that changes nothing.
  virtual void want_read() noexcept = 0;
  /// One call of `on_writable` when there is room, or the stream broke.
  virtual void want_write() noexcept = 0;
  /// No more will be written; the peer sees the end after what was taken.
  virtual void shutdown_write() noexcept = 0;
  /// Ends the stream and gives it back to the port: no call follows, and nobody uses it again. What
  /// was taken by `try_write` is still sent.
  virtual void close() noexcept = 0;
  /// Writes the peer's address as text ("192.0.2.7:51234", "unix"), cut to `into`; answers its
  /// length.
  virtual std::size_t peer(std::span<char> into) const noexcept = 0;

 protected:
  ~stream() = default;
  stream_user* user_ = nullptr;
};

/// Takes streams as they arrive: the host.
class acceptor {
 public:
  /// False when no more can be taken now: the port leaves further connections in the network's own
  /// queue until `port::resume_accepting`.
  [[nodiscard]] virtual bool can_accept() const noexcept = 0;
  /// Takes `fresh`; only after `can_accept`.
  virtual void accept(stream& fresh) noexcept = 0;

 protected:
  ~acceptor() = default;
};

}  // namespace musubi::net
