#pragma once
/// One connection with TLS: the user's stream over the port's stream.
///
///   fresh --first bytes--> waiting --its turn--> shaking --> open ---> ended
///
/// Mbed TLS reads and writes by `receive` and `send`. What the network does not take stays in the
/// buffer in which Mbed TLS has made the record; the user may write again when that is empty.

#include <cstddef>
#include <cstdint>
#include <span>

#include <musubi/async/clock.hpp>
#include <musubi/memory/internal/link_queue.hpp>
#include <musubi/memory/intrusive_list.hpp>
#include <musubi/net/stream.hpp>
#include <musubi/net/tls/counters.hpp>

struct mbedtls_ssl_context;

namespace musubi::mbedtls {

class guard;

class stream final : public net::stream,
                     public net::stream_user,
                     public link,
                     public queue_link<stream> {
 public:
  stream(guard& owner, net::stream& network) noexcept;

  net::io_result try_read(std::span<std::byte> into) noexcept override;
  net::io_result try_write(std::span<const std::byte> from) noexcept override;
  void want_read() noexcept override;
  void want_write() noexcept override;
  [[nodiscard]] bool has_room() const noexcept override;
  void shutdown_write() noexcept override;
  void close() noexcept override;
  std::size_t peer(std::span<char> into) const noexcept override { return network_->peer(into); }

  // --- for the guard ---
  [[nodiscard]] bool closed() const noexcept { return network_ == nullptr; }
  [[nodiscard]] time_point since() const noexcept { return since_; }
  /// Does what it was queued for.
  void tell() noexcept;
  /// It is its turn to make the handshake.
  void begin_handshake() noexcept;
  /// Ends a handshake that others wait for; its user is told.
  void give_up() noexcept { fails(tls::failure::late); }
  /// Ends at once what `close` has left to be sent.
  void finish() noexcept;

 private:
  enum class state : std::uint8_t { fresh, waiting, shaking, open, ended };

  void on_readable() noexcept override;
  void on_writable() noexcept override;
  static int receive(void* self, unsigned char* into, std::size_t size);
  static int send(void* self, const unsigned char* from, std::size_t size);
  [[nodiscard]] bool greeted() const noexcept { return state_ >= state::open; }
  /// Looks at the first byte, to know whether the client speaks TLS.
  void look() noexcept;
  void step() noexcept;
  void opened() noexcept;
  /// Mbed TLS has reported an error that ends the connection.
  void fails(int error) noexcept;
  void fails(tls::failure why) noexcept;
  /// Nothing more can be moved: tells the user.
  void end() noexcept;
  void queue() noexcept;
  /// Sends what is kept; true if nothing is left.
  bool flush() noexcept;
  /// Says that nothing more follows, once; true if nothing is left to be sent.
  bool say_end() noexcept;
  /// Sends what is kept, and waits for the network if something is left.
  void push_out() noexcept;
  void free_session() noexcept;

  guard& owner_;
  net::stream* network_;
  mbedtls_ssl_context* ssl_ = nullptr;
  time_point since_;            // of its turn, then of `close`
  std::uint16_t may_read_ = 0;  // in this call of Mbed TLS's
  state state_ = state::fresh;
  bool has_first_ = false;  // it was read, and Mbed TLS has not had it yet
  bool reads_ = false;      // the user waits for it
  bool writes_ = false;
  bool broken_ = false;  // the network takes nothing any more
  bool shut_ = false;
  bool said_end_ = false;
  bool lingering_ = false;
};

}  // namespace musubi::mbedtls
