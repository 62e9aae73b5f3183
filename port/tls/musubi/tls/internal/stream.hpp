#pragma once
/// One connection with TLS: the user's stream over the port's stream.
///
///   fresh --first byte--> shaking --> open ---> ended
///      \---------------> plain HTTP: answered with a redirect
///
/// OpenSSL reads and writes by `from_network` and `to_network`. What the network does not take is
/// kept in a block of the guard's pool, at most one record and an answer of the handshake; the user
/// may write again when it is empty. So OpenSSL never has to be asked to write the same again.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/async/clock.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/stream.hpp>
#include <musubi/net/tls/counters.hpp>
#include <musubi/tls/internal/network_bio.hpp>

struct ssl_st;

namespace musubi::tls {

class guard;

class stream final : public net::stream,
                     public net::stream_user,
                     public network_side,
                     public link,
                     public queue_link<stream> {
 public:
  /// Bytes of a block for what the network did not take: the largest record, and an answer of the
  /// handshake besides.
  static constexpr std::size_t unsent_bytes = 16384 + 2048;

  stream(guard& owner, net::stream& network) noexcept;

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override { return network_->peer(into); }

  // --- for the guard ---
  [[nodiscard]] bool closed() const noexcept { return network_ == nullptr; }
  [[nodiscard]] time_point since() const noexcept { return since_; }
  /// Does what it was queued for.
  void tell() noexcept;
  /// Ends a handshake that others need the room of; its user is told.
  void give_up() noexcept;
  /// Ends at once what `close` has left to be sent.
  void finish() noexcept;
  void renegotiation_refused() noexcept;

  // --- for OpenSSL ---
  net::io_result from_network(std::span<std::byte> into) noexcept override;
  net::io_result to_network(std::span<const std::byte> from) noexcept override;

 private:
  enum class state : std::uint8_t { fresh, shaking, open, plain, ended };

  void on_readable() noexcept override;
  void on_writable() noexcept override;
  /// Looks at the first byte, to know what the client speaks.
  void look() noexcept;
  void begin_handshake() noexcept;
  void step() noexcept;
  void opened() noexcept;
  /// OpenSSL has reported an error that ends the connection.
  void fails() noexcept;
  void fails(failure why) noexcept;
  /// Nothing more can be moved: tells the user.
  void end() noexcept;
  void left_handshake() noexcept;
  void answer_plain() noexcept;
  void queue() noexcept;
  /// Sends what is kept; true if nothing is left.
  bool flush() noexcept;
  /// The same, and waits for the network if something is left.
  void push_out() noexcept;
  [[nodiscard]] bool take_block() noexcept;
  void drop_block() noexcept;

  guard& owner_;
  net::stream* network_;
  ssl_st* ssl_ = nullptr;
  std::byte* block_ = nullptr;  // what is kept: [begin_, end_); of a plain request, what came
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t may_read_ = 0;  // in this call of OpenSSL's
  time_point since_;            // of its handshake, then of `close`
  state state_ = state::fresh;
  std::byte first_{};
  bool has_first_ = false;
  bool counted_ = true;  // as a handshake
  bool reads_ = false;   // the user waits for it
  bool writes_ = false;
  bool drained_ = true;  // OpenSSL has nothing without the network
  bool broken_ = false;  // the network takes nothing any more
  bool shut_ = false;
  bool lingering_ = false;
};

}  // namespace musubi::tls
